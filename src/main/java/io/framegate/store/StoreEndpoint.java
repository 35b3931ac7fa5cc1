package io.framegate.store;

import io.framegate.store.durable.Durability;
import java.io.File;
import org.apache.camel.Category;
import org.apache.camel.Component;
import org.apache.camel.component.file.FileConstants;
import org.apache.camel.component.file.FileEndpoint;
import org.apache.camel.component.file.GenericFileExist;
import org.apache.camel.component.file.GenericFileProducer;
import org.apache.camel.spi.Metadata;
import org.apache.camel.spi.UriEndpoint;
import org.apache.camel.spi.UriParam;
import org.jspecify.annotations.Nullable;

/**
 * Stores a message's body as a file that is visible with all its bytes or not at all.
 *
 * <p>All options of Camel's {@code file:} producer are valid except those listed below. The producer writes a file
 * under a temporary name in the same directory and renames it. By default it never replaces an existing file
 * ({@code fileExist=Fail}).
 *
 * <pre>
 * write .framegate-[exchange id].part -> force its content -> note claims -> rename to its name -> force the name
 * </pre>
 */
@UriEndpoint(
        firstVersion = "0.1.0",
        scheme = "store",
        extendsScheme = "file",
        title = "Store",
        syntax = "store:directoryName",
        category = {Category.FILE},
        headersClass = FileConstants.class)
// Options of the steps between the write and the rename, which this producer replaces.
@Metadata(
        excludeProperties = "copyAndDeleteOnRenameFail,renameUsingCopy,forceWrites,keepLastModified,chmodDirectory,"
                + "autoCreateStepwise")
public final class StoreEndpoint extends FileEndpoint {

    @UriParam(
            label = "producer",
            description = "Numbers the files. The header FramegateCounter has the number, and fileName may use it."
                    + " Every part of the name is made safe, and a name that is taken gets _2, _3, ...")
    private @Nullable ImageCounter numbers;

    @UriParam(
            label = "producer",
            description = "Records the claims of a file, which say where to deliver it, before the file gets its name.")
    private @Nullable Claims claims;

    @UriParam(label = "producer", description = "Decides what is forced to disk, and when. By default nothing is.")
    private Durability durability = Durability.NONE;

    private boolean defaultTemporaryName;

    StoreEndpoint(String uri, Component component) {
        super(uri, component);
        setFileExist(GenericFileExist.Fail);
    }

    public @Nullable ImageCounter getNumbers() {
        return numbers;
    }

    public void setNumbers(ImageCounter numbers) {
        this.numbers = numbers;
    }

    public @Nullable Claims getClaims() {
        return claims;
    }

    public void setClaims(Claims claims) {
        this.claims = claims;
    }

    public Durability getDurability() {
        return durability;
    }

    public void setDurability(Durability durability) {
        this.durability = durability;
    }

    boolean hasDefaultTemporaryName() {
        return defaultTemporaryName;
    }

    @Override
    public String getScheme() {
        return "store";
    }

    @Override
    public GenericFileProducer<File> createProducer() throws Exception {
        if (getTempFileName() == null) {
            setTempFileName(TemporaryFiles.PREFIX + "${exchangeId}" + TemporaryFiles.SUFFIX);
            defaultTemporaryName = true;
        }
        // Runs Camel's checks of options that exclude each other.
        super.createProducer();
        return new StoreProducer(this, new WholeFileOperations(this));
    }
}
