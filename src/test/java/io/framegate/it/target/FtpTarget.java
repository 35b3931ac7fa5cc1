package io.framegate.it.target;

import io.framegate.it.support.GatewayProcess;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.apache.ftpserver.DataConnectionConfigurationFactory;
import org.apache.ftpserver.FtpServer;
import org.apache.ftpserver.FtpServerFactory;
import org.apache.ftpserver.ftplet.DefaultFtpReply;
import org.apache.ftpserver.ftplet.DefaultFtplet;
import org.apache.ftpserver.ftplet.FtpException;
import org.apache.ftpserver.ftplet.FtpReply;
import org.apache.ftpserver.ftplet.FtpRequest;
import org.apache.ftpserver.ftplet.FtpSession;
import org.apache.ftpserver.ftplet.FtpletResult;
import org.apache.ftpserver.ftplet.UserManager;
import org.apache.ftpserver.listener.ListenerFactory;
import org.apache.ftpserver.ssl.SslConfiguration;
import org.apache.ftpserver.ssl.SslConfigurationFactory;
import org.apache.ftpserver.usermanager.PropertiesUserManagerFactory;
import org.apache.ftpserver.usermanager.impl.BaseUser;
import org.apache.ftpserver.usermanager.impl.WritePermission;
import org.jspecify.annotations.Nullable;

/** Apache FtpServer, also with TLS. What it refuses it answers with 553. */
public final class FtpTarget implements TargetServer {

    public static final String PASSWORD = "test-secret-ftp";

    private final int port = GatewayProcess.freePort();
    private final Path home;
    private final UploadDirectory uploads;
    private final @Nullable Certificate certificate;
    private @Nullable FtpServer server;

    private FtpTarget(Path directory, @Nullable Certificate certificate) {
        this.certificate = certificate;
        home = directory.resolve("ftp");
        uploads = new UploadDirectory(home);
    }

    /** A server of plain FTP. */
    public static FtpTarget plain(Path directory) {
        return new FtpTarget(directory, null);
    }

    /** A server that takes log-ins and data under TLS only, which the client asks for with AUTH TLS. */
    public static FtpTarget tls(Path directory, Certificate certificate) {
        return new FtpTarget(directory, certificate);
    }

    @Override
    public void start() {
        try {
            FtpServerFactory factory = new FtpServerFactory();
            factory.setUserManager(users());
            factory.getFtplets().put("uploads", new Uploads());
            ListenerFactory listener = new ListenerFactory();
            listener.setServerAddress("127.0.0.1");
            listener.setPort(port);
            if (certificate != null) {
                SslConfiguration ssl = ssl(certificate);
                DataConnectionConfigurationFactory data = new DataConnectionConfigurationFactory();
                data.setSslConfiguration(ssl);
                listener.setSslConfiguration(ssl);
                listener.setDataConnectionConfiguration(data.createDataConnectionConfiguration());
            }
            factory.addListener("default", listener.createListener());
            server = factory.createServer();
            server.start();
        } catch (FtpException e) {
            throw new IllegalStateException(e);
        }
    }

    private UserManager users() throws FtpException {
        BaseUser user = new BaseUser();
        user.setName(USER);
        user.setPassword(PASSWORD);
        user.setHomeDirectory(home.toString());
        user.setAuthorities(List.of(new WritePermission()));
        UserManager users = new PropertiesUserManagerFactory().createUserManager();
        users.save(user);
        return users;
    }

    private static SslConfiguration ssl(Certificate certificate) {
        SslConfigurationFactory ssl = new SslConfigurationFactory();
        ssl.setKeystoreFile(certificate.keyStore().toFile());
        ssl.setKeystoreType("PKCS12");
        ssl.setKeystorePassword(Certificate.PASSWORD);
        ssl.setSslProtocol("TLSv1.2", "TLSv1.3");
        return ssl.createSslConfiguration();
    }

    @Override
    public void stop() {
        if (server != null) {
            server.stop();
            server = null;
        }
    }

    @Override
    public Map<String, String> properties() {
        Map<String, String> properties = new LinkedHashMap<>();
        properties.put("framegate.deliver.ftp.host", "127.0.0.1");
        properties.put("framegate.deliver.ftp.port", Integer.toString(port));
        properties.put("framegate.deliver.ftp.user", USER);
        properties.put("framegate.deliver.ftp.password", PASSWORD);
        properties.put("framegate.deliver.ftp.directory", UploadDirectory.NAME);
        properties.put("framegate.deliver.ftp.tls", Boolean.toString(certificate != null));
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

    private final class Uploads extends DefaultFtplet {

        @Override
        public FtpletResult onUploadStart(FtpSession session, FtpRequest request) throws FtpException, IOException {
            String path = request.getArgument();
            if (!path.startsWith("/")) {
                path = session.getFileSystemView().getWorkingDirectory().getAbsolutePath() + "/" + path;
            }
            if (uploads.refuses(path)) {
                session.write(new DefaultFtpReply(
                        FtpReply.REPLY_553_REQUESTED_ACTION_NOT_TAKEN_FILE_NAME_NOT_ALLOWED, "Not allowed."));
                return FtpletResult.SKIP;
            }
            return FtpletResult.DEFAULT;
        }

        @Override
        public FtpletResult beforeCommand(FtpSession session, FtpRequest request) throws FtpException, IOException {
            if (certificate != null && request.getCommand().equals("USER") && !session.isSecure()) {
                session.write(new DefaultFtpReply(FtpReply.REPLY_530_NOT_LOGGED_IN, "TLS only."));
                return FtpletResult.SKIP;
            }
            if ((request.getCommand().equals("RNTO") && !uploads.renamesTo(path(request)))
                    || (request.getCommand().equals("DELE") && !uploads.deletes())) {
                session.write(new DefaultFtpReply(FtpReply.REPLY_550_REQUESTED_ACTION_NOT_TAKEN, "Permission denied."));
                return FtpletResult.SKIP;
            }
            return super.beforeCommand(session, request);
        }

        private Path path(FtpRequest request) {
            return home.resolve(request.getArgument().replaceFirst("^/+", ""));
        }
    }
}
