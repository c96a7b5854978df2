package io.tsvault.aws;

import static io.tsvault.core.store.ObjectStore.Creation.CREATED;

import static org.assertj.core.api.Assertions.assertThat;

import io.tsvault.lab.Lab;
import io.tsvault.lab.proxy.Fault;
import io.tsvault.lab.proxy.FaultProxy;
import io.tsvault.lab.proxy.Script;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.util.Optional;

class MotoTest extends RealS3Contract {
    MotoTest() {
        super(Lab.named("moto"));
    }

    @Override
    protected Optional<String> whyNoRace() {
        return Optional.of("moto looks and then stores: in one of some hundred races two win");
    }

    /// moto keeps no checksum that it was given: damage on the way out is left to the hashes of
    /// records and chunks.
    @Override
    @Test
    void O14_aByteThatIsDamagedOnTheWayOutIsNoticedByItsChecksum() {
        try (FaultProxy proxy =
                        FaultProxy.to(
                                server().uri(),
                                Script.inOrder(
                                        new Fault.Pass(), new Fault.Flip(Fault.Leg.RESPONSE, 0)));
                S3Store through = Opened.inNewBucket(server().uri(), proxy.uri(), "")) {
            through.create("a", bytes("0"));
            assertThat(through.read("a", 1)).contains(bytes("1"));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"bucket", "s3", "kms:alias/vault"})
    void anObjectIsEncryptedAsTheAddressWants(String encryption) {
        try (S3Store encrypting = inNewBucket("&encryption=" + encryption)) {
            assertThat(encrypting.create("a", bytes("x"))).isEqualTo(CREATED);
            assertThat(encrypting.read("a", 1)).contains(bytes("x"));
        }
    }
}
