package io.framegate.outbox.deliver;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.camel.Endpoint;
import org.apache.camel.Exchange;
import org.apache.camel.Producer;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.sshd.server.SshServer;
import org.apache.sshd.server.keyprovider.SimpleGeneratorHostKeyProvider;
import org.apache.sshd.sftp.server.SftpSubsystemFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WrongPasswordTest {

    /** OpenSSH counts each of them, and fail2ban bans after five. */
    @Test
    void wrongPasswordIsSentOnceInAConnection(@TempDir Path directory) throws Exception {
        AtomicInteger tries = new AtomicInteger();
        try (SshServer server = SshServer.setUpDefaultServer();
                DefaultCamelContext camel = new DefaultCamelContext()) {
            server.setHost("127.0.0.1");
            server.setKeyPairProvider(new SimpleGeneratorHostKeyProvider(directory.resolve("key")));
            server.setSubsystemFactories(List.of(new SftpSubsystemFactory()));
            server.setPasswordAuthenticator((user, password, session) -> {
                tries.incrementAndGet();
                return false;
            });
            server.start();
            camel.start();
            String uri = "sftp:127.0.0.1:" + server.getPort() + "/up?username=me&password=wrong"
                    + "&maximumReconnectAttempts=0&strictHostKeyChecking=no&useUserKnownHostsFile=false"
                    + "&preferredAuthentications=publickey,password";
            Endpoint endpoint = UploadEndpoint.of(uri, camel.getEndpoint(uri));
            Producer producer = endpoint.createProducer();
            producer.start();
            Exchange exchange = endpoint.createExchange();
            exchange.getMessage()
                    .setBody(Files.writeString(directory.resolve("a.jpg"), "image")
                            .toFile());
            exchange.getMessage().setHeader(Exchange.FILE_NAME, "a.jpg");
            try {
                producer.process(exchange);
            } catch (Exception e) {
                exchange.setException(e);
            }
            producer.stop();
            assertThat(Refusals.isLogin(exchange.getException())).isTrue();
            assertThat(tries).hasValue(1);
        }
    }
}
