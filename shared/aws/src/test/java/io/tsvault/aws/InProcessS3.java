package io.tsvault.aws;

import io.tsvault.lab.Server;

import org.gaul.s3proxy.S3Proxy;
import org.gaul.s3proxy.auth.AuthenticationType;
import org.gaul.s3proxy.nio2blob.TransientNio2BlobStore;

import java.net.URI;

/// S3Proxy in this process: an S3 that nobody here wrote, which checks signatures and checksums,
/// and stores no checksums.
final class InProcessS3 implements AutoCloseable {
    private final S3Proxy proxy;

    InProcessS3() throws Exception {
        proxy =
                S3Proxy.builder()
                        .endpoint(URI.create("http://127.0.0.1:0"))
                        .awsAuthentication(
                                AuthenticationType.AWS_V4,
                                Server.S3_ACCESS_KEY,
                                Server.S3_SECRET_KEY)
                        .blobStore(new TransientNio2BlobStore())
                        .build();
        proxy.start();
    }

    URI uri() {
        return URI.create("http://127.0.0.1:" + proxy.getPort());
    }

    @Override
    public void close() {
        try {
            proxy.stop();
        } catch (Exception e) {
            throw new AssertionError("S3Proxy does not stop", e);
        }
    }
}
