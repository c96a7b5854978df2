package io.tsvault.aws;

import io.tsvault.lab.Lab;

class MotoTest extends RealS3Contract {
    MotoTest() {
        super(Lab.named("moto"));
    }
}
