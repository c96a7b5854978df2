package io.tsvault.lab;

import java.net.URI;
import java.nio.file.Path;

/// Where one server runs: its folder, its data, its port on this machine only.
record Place(Path folder, Path data, int port) {
    String address() {
        return "127.0.0.1:" + port;
    }

    URI uri() {
        return URI.create("http://" + address());
    }
}
