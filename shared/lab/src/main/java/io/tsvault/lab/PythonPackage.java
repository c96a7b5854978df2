package io.tsvault.lab;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/// A Python package in a virtual environment of its own. Its program is that environment's
/// interpreter: unlike the scripts beside it, it does not mind being moved.
record PythonPackage(String name, String extras, String version) implements Origin {
    @Override
    public String describe() {
        return "the Python package " + name;
    }

    @Override
    public Optional<String> obstacle() {
        return Command.missing("python3");
    }

    @Override
    public Path program(Path folder, Product product) {
        return folder.resolve("venv/bin/python");
    }

    @Override
    public String fetch(Path folder, Path scratch) throws IOException {
        Command.of("python3", "-m", "venv", "venv").run(folder);
        String python = folder.resolve("venv/bin/python").toString();
        String wanted = name + extras + "==" + version;
        Command.of(python, "-m", "pip", "-q", "install", wanted)
                .with(Map.of("PIP_CACHE_DIR", scratch.resolve("pip").toString()))
                .run(folder);
        return version;
    }
}
