package io.tsvault.aws;

import io.tsvault.lab.Lab;

class VersitygwTest extends RealS3Contract {
    VersitygwTest() {
        super(Lab.named("versitygw"));
    }
}
