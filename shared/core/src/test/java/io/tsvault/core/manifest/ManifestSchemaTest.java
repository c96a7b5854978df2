package io.tsvault.core.manifest;

import static org.assertj.core.api.Assertions.assertThat;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.networknt.schema.InputFormat;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion.VersionFlag;

import io.tsvault.core.relabel.Action;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/// The published schema and the reader agree, but for what a schema cannot say.
class ManifestSchemaTest {
    private static final JsonSchema SCHEMA =
            JsonSchemaFactory.getInstance(VersionFlag.V202012).getSchema(text());

    private static String text() {
        try {
            return Files.readString(Path.of("../../infra/manifest.schema.json"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static boolean schemaTakes(byte[] json) {
        return SCHEMA.validate(
                        new String(json, UTF_8),
                        InputFormat.JSON,
                        context -> context.getExecutionConfig().setFormatAssertionsEnabled(true))
                .isEmpty();
    }

    private static boolean readerTakes(byte[] json) {
        try {
            var _ = Manifest.read(json);
            return true;
        } catch (InvalidManifest _) {
            return false;
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "'from':'2026-01-01T00:00:00Z','to':'2026-01-01T00:00:00.001+00:00'",
                "'from':'2000-01-01T00:00:00Z','to':'2100-12-31T23:59:59-12:00'",
                "'match':[]",
                "'match':['up','{job=~\\'a|b\\'}','{instance=~\\'https?://a\\'}']",
                "'shift':'-1w2d3h4m5s6ms'",
                "'shift':'0s'",
                "'overlap':'unchecked'",
                "'overlap':'overwrite','confirm':'dr'",
                "'confirm':'dr'",
                "'accept':{}",
                "'accept':{'partial':true,'unverified':true,'resampled':false,'interleave':true,"
                        + "'allowSameSource':true}",
                "'backupFirst':true",
                "'follow':true,'from':'2026-01-01T00:00:00Z','backupFirst':false",
                "'follow':false,'to':'2026-01-01T00:00:00Z'",
                "'limits':{'samplesPerSecond':1000000000}",
                "'limits':{}",
                "'runId':'Jan.2026_a-1'",
                "'relabel':[]",
                "'relabel':[{'target_label':'a'}]",
                "'relabel':[{'target_label':'a','source_labels':['b','c'],'separator':'',"
                        + "'regex':'','replacement':''}]",
                "'relabel':[{'action':'hashmod','target_label':'a','modulus':9223372036854775807}]",
                "'relabel':[{'action':'labelmap','regex':'a(.*)','replacement':'b$1'}]",
                "'relabel':[{'action':'labeldrop','source_labels':[],'separator':';','regex':'a',"
                        + "'modulus':0,'target_label':'','replacement':'$1'}]",
                "'relabel':[{'action':'keepequal','source_labels':['a'],'target_label':'b',"
                        + "'regex':'(.*)'}]",
                "'relabel':[{'action':'uppercase','target_label':'a'}]",
            })
    void bothTakeWhatIsGood(String more) {
        byte[] json = ManifestTest.bytes(more);
        assertThat(readerTakes(json)).as("reader").isTrue();
        assertThat(schemaTakes(json)).as("schema").isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "'form':1",
                "'from':null",
                "'from':'2026-01-01'",
                "'from':'2026-01-01T00:00:00'",
                "'from':'2026-02-30T00:00:00Z'",
                "'from':'2026-01-01T00:00:00.0001Z'",
                "'from':'2026-01-01T24:00:00Z'",
                "'from':1767225600",
                "'to':'1999-12-31T23:59:59Z'",
                "'asOf':'2101-01-01T00:00:00Z'",
                "'match':'up'",
                "'match':['']",
                "'match':['{a=\\'http://b\\'}']",
                "'match':[1]",
                "'shift':'soon'",
                "'shift':'+1d'",
                "'shift':'--1d'",
                "'shift':''",
                "'shift':1",
                "'overlap':'SKIP'",
                "'overlap':'overwrite'",
                "'confirm':'DR'",
                "'accept':[]",
                "'accept':{'all':true}",
                "'accept':{'partial':'yes'}",
                "'backupFirst':1",
                "'follow':'yes'",
                "'follow':true,'to':'2026-01-01T00:00:00Z'",
                "'follow':true,'asOf':'2026-01-01T00:00:00Z'",
                "'follow':true,'backupFirst':true",
                "'limits':{'samplesPerSecond':-1}",
                "'limits':{'samplesPerSecond':1000000001}",
                "'limits':{'samples':1}",
                "'runId':'a b'",
                "'runId':'../x'",
                "'relabel':{}",
                "'relabel':[{}]",
                "'relabel':[{'action':'Replace','target_label':'a'}]",
                "'relabel':[{'target_label':''}]",
                "'relabel':[{'target_label':'a','targetLabel':'a'}]",
                "'relabel':[{'target_label':'a','source_labels':['']}]",
                "'relabel':[{'target_label':'a','source_labels':'b'}]",
                "'relabel':[{'target_label':'a','replacement':'http://b'}]",
                "'relabel':[{'action':'hashmod','target_label':'a'}]",
                "'relabel':[{'action':'hashmod','target_label':'a','modulus':0}]",
                "'relabel':[{'action':'hashmod','modulus':1}]",
                "'relabel':[{'target_label':'a','modulus':-1}]",
                "'relabel':[{'action':'labelmap','replacement':''}]",
                "'relabel':[{'action':'lowercase','target_label':'a','replacement':'b'}]",
                "'relabel':[{'action':'keepequal','target_label':'a','regex':'b'}]",
                "'relabel':[{'action':'dropequal'}]",
                "'relabel':[{'action':'labelkeep','target_label':'a'}]",
                "'relabel':[{'action':'labeldrop','source_labels':['a']}]",
                "'relabel':[{'action':'labeldrop','separator':','}]",
            })
    void bothRefuseWhatIsBad(String more) {
        byte[] json = ManifestTest.bytes(more);
        assertThat(readerTakes(json)).as("reader").isFalse();
        assertThat(schemaTakes(json)).as("schema").isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "[]",
                "{'tsvaultManifest':2,'stream':'a','target':'b'}",
                "{'tsvaultManifest':'1','stream':'a','target':'b'}",
                "{'tsvaultManifest':1,'stream':[],'target':'b'}",
                "{'tsvaultManifest':1,'stream':['a','a'],'target':'b'}",
                "{'tsvaultManifest':1,'stream':'../a','target':'b'}",
                "{'tsvaultManifest':1,'stream':'a','target':'http://b'}",
                "{'tsvaultManifest':1,'stream':'a','target':['b']}",
                "{'tsvaultManifest':1,'stream':'a'}",
            })
    void bothRefuseWhatLacksTheRequired(String text) {
        byte[] json = text.replace('\'', '"').getBytes(UTF_8);
        assertThat(readerTakes(json)).as("reader").isFalse();
        assertThat(schemaTakes(json)).as("schema").isFalse();
    }

    /// The list is complete as far as anybody knows.
    @ParameterizedTest
    @ValueSource(
            strings = {
                "'from':'2026-01-02T00:00:00Z','to':'2026-01-01T00:00:00Z'",
                "'overlap':'overwrite','confirm':'other'",
                "'match':['{job=}']",
                "'shift':'99999999d'",
                "'relabel':[{'target_label':'a','regex':'('}]",
                "'relabel':[{'target_label':'a','replacement':'Bearer 0123456789abcdef'}]",
            })
    void theReaderRefusesWhatNoSchemaCanSay(String more) {
        byte[] json = ManifestTest.bytes(more);
        assertThat(readerTakes(json)).as("reader").isFalse();
        assertThat(schemaTakes(json)).as("schema").isTrue();
    }

    @ParameterizedTest
    @EnumSource(Overlap.class)
    void theSchemaKnowsEveryOverlap(Overlap overlap) {
        assertThat(schemaTakes(ManifestTest.bytes("'confirm':'dr','overlap':'" + overlap + "'")))
                .isTrue();
    }

    @ParameterizedTest
    @EnumSource(Action.class)
    void theSchemaKnowsEveryAction(Action action) {
        String target = List.of(Action.LABELDROP, Action.LABELKEEP).contains(action) ? "" : "a";
        long modulus = action == Action.HASHMOD ? 2 : 0;
        byte[] json =
                ManifestTest.bytes(
                        "'relabel':[{'action':'%s','target_label':'%s','modulus':%d}]"
                                .formatted(action, target, modulus));
        assertThat(readerTakes(json)).as("reader").isTrue();
        assertThat(schemaTakes(json)).as("schema").isTrue();
    }
}
