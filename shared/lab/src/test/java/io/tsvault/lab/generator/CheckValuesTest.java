package io.tsvault.lab.generator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.time.Instant;

/// The recipes, bit for bit. The digests of public-1 are those of the program that the published
/// figures were measured with.
class CheckValuesTest {
    static final Instant START = Instant.parse("2026-11-20T00:00:00Z");

    @Test
    void public1TenTargetsTenMinutes() {
        hold(
                fleet(Recipe.PUBLIC_1, 10, Duration.ofMinutes(10)),
                new Digest(
                        3_805,
                        152_200,
                        "084d6e7a5ef4d725c41c0773c5bc87e9bf65d271bb4f2c196a313ecb639cfdc3",
                        "a8049aef1f18e80e870d2d72a453cb866dd4544bb571e15fd72ea0bfdcf596d6",
                        "84e85aa446b7bb2bb9ac60a35a24f5c9e23652a4dea46e133326ea294a89043c"));
    }

    @Test
    void public2TenTargetsTenMinutes() {
        hold(
                fleet(Recipe.PUBLIC_2, 10, Duration.ofMinutes(10)),
                new Digest(
                        3_850,
                        154_000,
                        "e8778148f1d4476f38ccef3c7039734bdd5c378d6de37eb987b276157ac6eb0c",
                        "24106fc3cd259df4788cd43003dde40237ac5e52f8afd8101b04b0c5fa0d7655",
                        "c1cab8a55fc2a33f127ea2b8ea8df4c628cb854416ff0b9a183aa7966eef6102"));
    }

    @Test
    @Tag("slow")
    void public1AtOneSecondWithAnOddNumberOfScrapesAndReplacedPods() {
        hold(
                oddFleet(Recipe.PUBLIC_1),
                new Digest(
                        12_138,
                        3_435_192,
                        "01e612ac2d27b9a705ea0c37d870f0e24f5fc478b01cdb72bfc5028da0067287",
                        "5866157108317d1bb855518a29c01b4e7bd621cf8a476fb76265b4f7f2078c09",
                        "9f5079952bbf59707246fbfde0c8fdcc078fda31e1d9d5a40c590aff31ca332f"));
    }

    @Test
    @Tag("slow")
    void public2AtOneSecondWithAnOddNumberOfScrapesAndReplacedPods() {
        hold(
                oddFleet(Recipe.PUBLIC_2),
                new Digest(
                        12_273,
                        3_475_827,
                        "1a9cad287ef1e6ba0697f327abc467f96f3c079874e8af1ee5618bc84b97abde",
                        "8c1fedcb3a25d1a1b68a42ad7ef2dd245b205187894063fd541852bb0713e04f",
                        "732401762b4bc51c9ae9f3e4419f82a9c5de9f80944f6ce0134d8b5b78f507d1"));
    }

    @Test
    @Tag("slow")
    void public1FortyTargetsTwoHours() {
        hold(
                fleet(Recipe.PUBLIC_1, 40, Duration.ofHours(2)),
                new Digest(
                        15_461,
                        7_305_359,
                        "a382a83fbc8119c08bef0359d754ff7a17a13b4bc73f162de9e520efefc1143e",
                        "53a907e5b929b72573236b112f8d5b4101a4883e87cf5e2d52b614a46cc711a4",
                        "1853741db9e191143990dec38fc1cc9de9c18a98669ce34a243423cd3d51812e"));
    }

    @Test
    @Tag("slow")
    void public2FortyTargetsTwoHours() {
        hold(
                fleet(Recipe.PUBLIC_2, 40, Duration.ofHours(2)),
                new Digest(
                        15_641,
                        7_391_759,
                        "55688b704b7dc583b338162b05f3cf80a231a54249a83102e12cab80b3598711",
                        "40dfb95a7194446b24aa08db845674d45094f88f2c110d12687edb885519aa90",
                        "9ae0f665d5d36949d40962027bf8f9d264ca8a4bc959561397bb5f5570e033a1"));
    }

    @Test
    @Tag("slow")
    void public1TenTargetsOneDay() {
        hold(
                fleet(Recipe.PUBLIC_1, 10, Duration.ofDays(1)),
                new Digest(
                        3_805,
                        21_916_800,
                        "084d6e7a5ef4d725c41c0773c5bc87e9bf65d271bb4f2c196a313ecb639cfdc3",
                        "60254e9bb14e355ae2479f314e5cd718c2bc70229e6ee27018afefccf24a973e",
                        "772e9dea984e707613ee8481b5309ba9a647e6dd71c8a56c6fef728f28def37f"));
    }

    @Test
    @Tag("slow")
    void public2TenTargetsOneDay() {
        hold(
                fleet(Recipe.PUBLIC_2, 10, Duration.ofDays(1)),
                new Digest(
                        3_850,
                        22_176_000,
                        "e8778148f1d4476f38ccef3c7039734bdd5c378d6de37eb987b276157ac6eb0c",
                        "f15dac2a9f9f787eaaf0a1ed08e5222b13951fd8dc46ce239ac2e73bafa80d9c",
                        "c65a0ddccbaf2b1fb3861579e576ac6dcec09d9d41f15440853faa610b43d3c2"));
    }

    static Fleet fleet(Recipe recipe, int targets, Duration length) {
        return new Fleet(recipe, 42, targets, new Schedule(START, Duration.ofSeconds(15), length));
    }

    private static Fleet oddFleet(Recipe recipe) {
        Instant start = START.plusMillis(123_456_789);
        Schedule schedule = new Schedule(start, Duration.ofSeconds(1), Duration.ofSeconds(301));
        return new Fleet(recipe, 7, 30, schedule);
    }

    /// Values are the same only where `Math.exp`, `log` and `sin` give the same last bits.
    private static void hold(Fleet fleet, Digest expected) {
        Digest actual = Digest.of(fleet.series());
        assertThat(actual.series()).isEqualTo(expected.series());
        assertThat(actual.samples()).isEqualTo(expected.samples());
        assertThat(actual.labels()).isEqualTo(expected.labels());
        assertThat(actual.timestamps()).isEqualTo(expected.timestamps());
        assumeThat(System.getProperty("os.arch")).isIn("amd64", "x86_64");
        assertThat(actual.values()).isEqualTo(expected.values());
    }
}
