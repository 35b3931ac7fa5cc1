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
 * Stores files whole: a file is visible under its name with all its bytes, or not at all.
 *
 * <p>All options of Camel's {@code file:} are valid. A file is written under a temporary name beside its final one and
 * renamed. By default an existing file is never replaced ({@code fileExist=Fail}).
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
// What Camel does between the writing and the name of a file, which happens here in another way.
@Metadata(
        excludeProperties =
                "copyAndDeleteOnRenameFail,renameUsingCopy,forceWrites,keepLastModified,chmodDirectory,autoCreateStepwise")
public final class StoreEndpoint extends FileEndpoint {

    @UriParam(
            label = "producer",
            description =
                    "Numbers the files. The number is in the header FramegateCounter, which"
                            + " fileName may use. Every part of the name is made safe, and a name that is taken gets _2, _3, ...")
    private @Nullable ImageCounter numbers;

    @UriParam(
            label = "producer",
            description = "Notes what has to be delivered of a file before the file gets its name.")
    private @Nullable Claims claims;

    @UriParam(label = "producer", description = "Says what is forced to disk, and when. By default nothing is.")
    private Durability durability = Durability.NONE;

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

    @Override
    public String getScheme() {
        return "store";
    }

    @Override
    public GenericFileProducer<File> createProducer() throws Exception {
        if (getTempFileName() == null) {
            setTempFileName(TemporaryFiles.PREFIX + "${exchangeId}" + TemporaryFiles.SUFFIX);
        }
        // Camel's own checks of options that exclude each other.
        super.createProducer();
        return new StoreProducer(this, new WholeFileOperations(this));
    }
}
