package io.tsvault.lab;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;

/// Why something failed, in words: file systems often say no more than a path.
final class Reason {
    private Reason() {}

    static String of(IOException failure) {
        return switch (failure) {
            case NoSuchFileException file -> file.getFile() + " is not there";
            case AccessDeniedException file -> file.getFile() + " may not be used by this user";
            case FileAlreadyExistsException file -> file.getFile() + " is there and is no folder";
            case FileSystemException file -> file.getFile() + ": " + file.getReason();
            default -> String.valueOf(failure.getMessage()).replaceFirst("[.]+$", "");
        };
    }
}
