package io.tsvault.aws;

/// One request, for messages.
///
/// @param action the permission that it needs, `s3:GetObject`
/// @param place what it is about, `s3://bucket/key`
record Call(String action, String place) {}
