package io.tsvault.cli;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// The rules of the house, held over the classes of every module: this is the last one.
class HouseTest {
    private static final Path ROOT = Path.of("../..").toAbsolutePath().normalize();
    private static final String GENERATED = "io.tsvault.wire.v[12]";

    private static final JavaClasses CLASSES =
            new ClassFileImporter().importPaths(folders("target/classes"));

    private static List<Path> folders(String below) {
        return Stream.of("shared", "functions")
                .map(ROOT::resolve)
                .flatMap(HouseTest::children)
                .map(module -> module.resolve(below))
                .filter(Files::isDirectory)
                .toList();
    }

    private static Stream<Path> children(Path folder) {
        try (Stream<Path> files = Files.list(folder)) {
            return files.toList().stream();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// Those of profiles come behind.
    private static String modulesOfEveryBuild() throws IOException {
        String pom = Files.readString(ROOT.resolve("pom.xml"));
        return pom.substring(0, pom.indexOf("</modules>"));
    }

    @Test
    void everyModuleIsLookedAt() throws IOException {
        List<String> modules =
                modulesOfEveryBuild().lines().filter(line -> line.contains("<module>")).toList();
        assertThat(folders("target/classes")).hasSameSizeAs(modules);
        assertThat(CLASSES).hasSizeGreaterThan(50);
    }

    @ParameterizedTest
    @CsvSource({
        "core, prometheus|aws|wire|lab|files|cli|exporter|coordinator|importer|verifier",
        "wire, core|prometheus|aws|lab|files|cli|exporter|coordinator|importer|verifier",
        "lab, prometheus|aws|files|cli|exporter|coordinator|importer|verifier",
        "prometheus, aws|lab|files|cli|exporter|coordinator|importer|verifier",
        "aws, prometheus|wire|lab|files|cli|exporter|coordinator|importer|verifier",
    })
    void dependenciesPointInward(String module, String outside) {
        String[] packages =
                Stream.of(outside.split("\\|", -1))
                        .map(name -> "io.tsvault." + name + "..")
                        .toArray(String[]::new);
        noClasses()
                .that()
                .resideInAPackage("io.tsvault." + module + "..")
                .should()
                .dependOnClassesThat(resideInAnyPackage(packages))
                .allowEmptyShould(true) // a module that is not there yet
                .check(CLASSES);
    }

    @Test
    void packagesHaveNoCycles() {
        slices().matching("io.tsvault.(**)").should().beFreeOfCycles().check(CLASSES);
    }

    @ParameterizedTest
    @CsvSource({
        "com.google.re2j.., io.tsvault.core.regex",
        "com.github.luben.., io.tsvault.core.chunk|io.tsvault.prometheus.http",
        "org.xerial.., io.tsvault.wire",
        "com.google.protobuf.., io.tsvault.wire..|io.tsvault.prometheus..|io.tsvault.lab..",
        "com.fasterxml.jackson.., io.tsvault.core..|io.tsvault.prometheus|io.tsvault.cli",
        "software.amazon.., io.tsvault.aws..",
        "picocli.., io.tsvault.cli..",
    })
    void aLibraryIsSeenOnlyWhereItBelongs(String library, String owners) {
        DescribedPredicate<JavaClass> owner = resideInAnyPackage(owners.split("\\|", -1));
        noClasses()
                .that(DescribedPredicate.not(owner))
                .should()
                .dependOnClassesThat(resideInAPackage(library))
                .because(library + " is a detail of " + owners)
                .check(CLASSES);
    }

    @Test
    void aPackageShowsAtMostTenTypes() {
        Map<String, Long> shown =
                CLASSES.stream()
                        .filter(type -> type.getModifiers().contains(JavaModifier.PUBLIC))
                        .filter(JavaClass::isTopLevelClass)
                        .filter(type -> !type.getPackageName().matches(GENERATED))
                        .collect(
                                Collectors.groupingBy(
                                        JavaClass::getPackageName, Collectors.counting()));
        assertThat(shown).isNotEmpty().allSatisfy((_, types) -> assertThat(types).isLessThan(11));
    }

    @Test
    void noTypeIsNamedAfterNothing() {
        Pattern empty =
                Pattern.compile(
                        ".*(Manager|Helper|Utils?|Impl|Service|Processor|DTO|Dto)|(Base|Abstract).+");
        assertThat(CLASSES.stream().map(JavaClass::getSimpleName)).noneMatch(empty.asPredicate());
    }

    @Test
    void theReadmeStaysShort() throws IOException {
        assertThat(Files.readAllLines(ROOT.resolve("README.md"))).hasSizeBetween(40, 200);
    }
}
