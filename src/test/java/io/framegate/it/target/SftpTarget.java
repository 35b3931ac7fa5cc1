package io.framegate.it.target;

import io.framegate.it.support.GatewayProcess;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.AccessDeniedException;
import java.nio.file.CopyOption;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import org.apache.sshd.common.config.keys.KeyUtils;
import org.apache.sshd.common.config.keys.PublicKeyEntry;
import org.apache.sshd.common.config.keys.writer.openssh.OpenSSHKeyPairResourceWriter;
import org.apache.sshd.common.file.virtualfs.VirtualFileSystemFactory;
import org.apache.sshd.common.keyprovider.KeyPairProvider;
import org.apache.sshd.server.SshServer;
import org.apache.sshd.server.keyprovider.SimpleGeneratorHostKeyProvider;
import org.apache.sshd.sftp.server.FileHandle;
import org.apache.sshd.sftp.server.SftpFileSystemAccessor;
import org.apache.sshd.sftp.server.SftpSubsystemFactory;
import org.apache.sshd.sftp.server.SftpSubsystemProxy;
import org.jspecify.annotations.Nullable;

/** Apache MINA SSHD. What it refuses it answers with SSH_FX_PERMISSION_DENIED. */
public final class SftpTarget implements TargetServer {

    public static final String PASSWORD = "test-secret-sftp";

    private static final int KEY_BITS = 256;

    private final int port = GatewayProcess.freePort();
    private final Path home;
    private final Path knownHosts;
    private final Path privateKey;
    private final @Nullable KeyPair clientKey;
    private final KeyPairProvider hostKeys;
    private final UploadDirectory uploads;
    private @Nullable SshServer server;

    private SftpTarget(Path directory, @Nullable KeyPair clientKey) {
        this.clientKey = clientKey;
        privateKey = directory.resolve("client.key");
        home = directory.resolve("sftp");
        uploads = new UploadDirectory(home);
        knownHosts = directory.resolve("known_hosts");
        SimpleGeneratorHostKeyProvider provider = new SimpleGeneratorHostKeyProvider(directory.resolve("host.key"));
        provider.setAlgorithm("EC");
        provider.setKeySize(KEY_BITS);
        hostKeys = provider;
        try {
            KeyPair hostKey = provider.loadKeys(null).iterator().next();
            if (clientKey != null) {
                try (OutputStream file = Files.newOutputStream(privateKey)) {
                    OpenSSHKeyPairResourceWriter.INSTANCE.writePrivateKey(clientKey, USER, null, file);
                }
            }
            Files.writeString(
                    knownHosts, "[127.0.0.1]:" + port + " " + PublicKeyEntry.toString(hostKey.getPublic()) + "\n");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    /** A server that asks for the password, and keeps its files and its host key in this directory. */
    public static SftpTarget withPassword(Path directory) {
        return new SftpTarget(directory, null);
    }

    /** A server that asks for a key, which it leaves in this directory, and knows no password. */
    public static SftpTarget withKey(Path directory) {
        try {
            return new SftpTarget(directory, KeyUtils.generateKeyPair(KeyPairProvider.ECDSA_SHA2_NISTP256, KEY_BITS));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void start() {
        server = SshServer.setUpDefaultServer();
        server.setHost("127.0.0.1");
        server.setPort(port);
        server.setKeyPairProvider(hostKeys);
        KeyPair key = clientKey;
        if (key == null) {
            server.setPasswordAuthenticator(
                    (user, password, session) -> user.equals(USER) && password.equals(PASSWORD));
        } else {
            server.setPublickeyAuthenticator(
                    (user, offered, session) -> user.equals(USER) && KeyUtils.compareKeys(offered, key.getPublic()));
        }
        server.setFileSystemFactory(new VirtualFileSystemFactory(home));
        server.setSubsystemFactories(List.of(new SftpSubsystemFactory.Builder()
                .withFileSystemAccessor(new Uploads())
                .build()));
        try {
            server.start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void stop() {
        if (server != null) {
            try {
                server.stop(true);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
            server = null;
        }
    }

    @Override
    public Map<String, String> properties() {
        Map<String, String> properties = new LinkedHashMap<>();
        properties.put("framegate.deliver.sftp.host", "127.0.0.1");
        properties.put("framegate.deliver.sftp.port", Integer.toString(port));
        properties.put("framegate.deliver.sftp.user", USER);
        properties.put("framegate.deliver.sftp.password", clientKey == null ? PASSWORD : "");
        properties.put("framegate.deliver.sftp.private-key", clientKey == null ? "" : privateKey.toString());
        properties.put("framegate.deliver.sftp.known-hosts", knownHosts.toString());
        properties.put("framegate.deliver.sftp.directory", UploadDirectory.NAME);
        return properties;
    }

    @Override
    public List<Delivered> delivered() {
        return uploads.delivered();
    }

    UploadDirectory uploads() {
        return uploads;
    }

    @Override
    public void refuse(Predicate<String> names) {
        uploads.refuse(names);
    }

    @Override
    public void close() {
        stop();
    }

    private final class Uploads implements SftpFileSystemAccessor {

        @Override
        public SeekableByteChannel openFile(
                SftpSubsystemProxy subsystem,
                @Nullable FileHandle handle,
                Path file,
                String name,
                Set<? extends OpenOption> options,
                FileAttribute<?>... attributes)
                throws IOException {
            if (uploads.refuses(file.toString())) {
                throw new AccessDeniedException(name);
            }
            return SftpFileSystemAccessor.super.openFile(subsystem, handle, file, name, options, attributes);
        }

        @Override
        public void renameFile(SftpSubsystemProxy subsystem, Path oldPath, Path newPath, Collection<CopyOption> options)
                throws IOException {
            if (!uploads.renamesTo(home.resolve(newPath.toString().replaceFirst("^/+", "")))) {
                throw new FileSystemException(newPath.toString(), null, "failure");
            }
            SftpFileSystemAccessor.super.renameFile(subsystem, oldPath, newPath, options);
        }

        @Override
        public void removeFile(SftpSubsystemProxy subsystem, Path path, boolean isDirectory) throws IOException {
            if (!uploads.deletes()) {
                throw new AccessDeniedException(path.toString());
            }
            SftpFileSystemAccessor.super.removeFile(subsystem, path, isDirectory);
        }
    }
}
