package io.tsvault.aws;

import io.tsvault.lab.Lab;

class MinioTest extends RealS3Contract {
    MinioTest() {
        super(Lab.named("minio"));
    }
}
