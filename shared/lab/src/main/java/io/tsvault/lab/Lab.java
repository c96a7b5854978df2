package io.tsvault.lab;

/// Starts real servers.
public final class Lab {
    private Lab() {}
}
