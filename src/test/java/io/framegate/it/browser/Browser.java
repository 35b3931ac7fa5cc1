package io.framegate.it.browser;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.logging.Level;
import java.util.stream.Stream;
import org.openqa.selenium.PageLoadStrategy;
import org.openqa.selenium.chrome.AddHasCdp;
import org.openqa.selenium.chrome.ChromeDriverService;
import org.openqa.selenium.chrome.ChromeOptions;
import org.openqa.selenium.chromium.ChromiumDriverCommandExecutor;
import org.openqa.selenium.chromium.HasCdp;
import org.openqa.selenium.logging.LogEntry;
import org.openqa.selenium.logging.LogType;
import org.openqa.selenium.remote.RemoteExecuteMethod;
import org.openqa.selenium.remote.RemoteWebDriver;

/** Chromium without a window and the driver that comes with it, as they are installed; nothing is downloaded. */
final class Browser implements AutoCloseable {

    private static final ObjectMapper JSON = new ObjectMapper();

    private static final List<String> OPTIONS = List.of(
            "--headless=new",
            "--window-size=1280,900",
            "--disable-background-networking",
            "--disable-component-update",
            "--disable-dev-shm-usage",
            "--disable-gpu",
            "--disable-quic",
            "--disable-sync",
            "--no-first-run");

    private final RemoteWebDriver driver;
    private final HasCdp protocol;

    private Browser(RemoteWebDriver driver, AddHasCdp extension) {
        this.driver = driver;
        this.protocol = extension.getImplementation(driver.getCapabilities(), new RemoteExecuteMethod(driver));
    }

    /** What is needed and is not there; empty if all is. */
    static Optional<String> missing() {
        return chromium().isEmpty() || chromedriver().isEmpty()
                ? Optional.of("no chromium and chromedriver on the PATH")
                : Optional.empty();
    }

    private static Optional<Path> chromium() {
        return find("framegate.browser.chromium", "chromium", "chromium-browser", "google-chrome");
    }

    private static Optional<Path> chromedriver() {
        return find("framegate.browser.chromedriver", "chromedriver");
    }

    /** The one that the property names, or the first by one of these names. */
    private static Optional<Path> find(String property, String... names) {
        String given = System.getProperty(property);
        if (given != null) {
            return Optional.of(Path.of(given)).filter(Files::isExecutable);
        }
        String path = System.getenv().getOrDefault("PATH", "") + File.pathSeparator + "/usr/bin";
        return Stream.of(names)
                .flatMap(name -> Stream.of(path.split(File.pathSeparator, -1))
                        .filter(directory -> !directory.isEmpty())
                        .map(directory -> Path.of(directory, name)))
                .filter(Files::isExecutable)
                .findFirst();
    }

    /** Starts it with a profile of its own, which ends with it. */
    static Browser start() {
        ChromeOptions options = new ChromeOptions();
        options.setBinary(chromium().orElseThrow().toFile());
        options.addArguments(OPTIONS);
        if ("root".equals(System.getProperty("user.name"))) {
            options.addArguments("--no-sandbox");
        }
        // The stream that keeps the wall live never ends.
        options.setPageLoadStrategy(PageLoadStrategy.EAGER);
        options.setCapability("goog:loggingPrefs", Map.of(LogType.BROWSER, "ALL", LogType.PERFORMANCE, "ALL"));
        ChromeDriverService service = new ChromeDriverService.Builder()
                .usingDriverExecutable(chromedriver().orElseThrow().toFile())
                .usingAnyFreePort()
                .withSilent(true)
                .build();
        // Not a ChromeDriver: that cannot do without what would look for browsers in the network.
        AddHasCdp extension = new AddHasCdp();
        RemoteWebDriver driver = new RemoteWebDriver(
                new ChromiumDriverCommandExecutor(service, extension.getAdditionalCommands()), options);
        driver.manage().timeouts().scriptTimeout(Duration.ofSeconds(20));
        return new Browser(driver, extension);
    }

    RemoteWebDriver driver() {
        return driver;
    }

    /** Looks at its pages as a phone of this width does; 0 ends that. */
    void asPhone(int width) {
        if (width == 0) {
            protocol.executeCdpCommand("Emulation.clearDeviceMetricsOverride", Map.of());
        } else {
            protocol.executeCdpCommand(
                    "Emulation.setDeviceMetricsOverride",
                    Map.of("width", width, "height", 780, "deviceScaleFactor", 2, "mobile", true));
        }
    }

    /** What it has said in its console since it was asked last, warnings and worse. */
    List<String> complaints() {
        return driver.manage().logs().get(LogType.BROWSER).getAll().stream()
                .filter(entry -> entry.getLevel().intValue() >= Level.WARNING.intValue())
                .map(LogEntry::getMessage)
                .toList();
    }

    /** The addresses it has asked for since it was asked last. */
    List<String> requests() {
        return driver.manage().logs().get(LogType.PERFORMANCE).getAll().stream()
                .map(entry -> json(entry.getMessage()).path("message"))
                .filter(message -> message.path("method").asText().equals("Network.requestWillBeSent"))
                .map(message ->
                        message.path("params").path("request").path("url").asText())
                .toList();
    }

    private static JsonNode json(String text) {
        try {
            return JSON.readTree(text);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(text, e);
        }
    }

    @Override
    public void close() {
        driver.quit();
    }
}
