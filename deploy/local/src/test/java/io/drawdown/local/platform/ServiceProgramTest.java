package io.drawdown.local.platform;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.jar.JarOutputStream;
import java.util.zip.ZipEntry;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ServiceProgramTest {

    @TempDir
    Path folder;

    private UnpackedJar unpacked;

    @BeforeEach
    void unpack() throws IOException {
        unpacked = new UnpackedJar(folder.resolve("crm-service.jar"), folder.resolve("software/crm-service"));
        try (var jar = new JarOutputStream(Files.newOutputStream(unpacked.jar()))) {
            jar.putNextEntry(new ZipEntry("empty"));
        }
        Files.createDirectories(unpacked.folder());
        Files.writeString(
                unpacked.folder().resolve("unpacked-from"),
                Files.getAttribute(unpacked.jar(), "unix:ctime") + "\n" + JarContents.digest(unpacked.jar()));
    }

    @Test
    void asksAtEachStartWhichOptionsFitWhatIsUnpacked() throws Exception {
        var contents = JarContents.digest(unpacked.jar());
        var program = new ServiceProgram(Service.CRM, unpacked, (service, of) -> List.of("-D" + service + "=" + of));

        program.run();

        assertThat(options()).isEqualTo("\"-DCRM=" + contents + "\"\n");
        assertThat(program.command())
                .containsSubsequence(
                        "-XX:+UseSerialGC",
                        "@" + unpacked.folder().resolve("jvm.options"),
                        "-jar",
                        unpacked.program().toString());
    }

    @Test
    void takesBackWhatFitsNoLonger() throws Exception {
        new ServiceProgram(Service.CRM, unpacked, (service, contents) -> List.of("-XX:AOTCache=gone")).run();

        new ServiceProgram(Service.CRM, unpacked, (service, contents) -> List.of()).run();

        assertThat(options()).isBlank();
    }

    @Test
    void quotesWhatTheJavaCommandWouldTakeApart() throws Exception {
        var odd = "-XX:AOTCache=/a folder/with\\ and \"quotes\"";

        new ServiceProgram(Service.CRM, unpacked, (service, contents) -> List.of(odd)).run();

        assertThat(options()).isEqualTo("\"-XX:AOTCache=/a folder/with\\\\ and \\\"quotes\\\"\"\n");
    }

    private String options() throws IOException {
        return Files.readString(unpacked.folder().resolve("jvm.options"));
    }
}
