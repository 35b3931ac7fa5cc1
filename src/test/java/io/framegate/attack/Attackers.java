package io.framegate.attack;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/** Plays all hostile connections on one thread. Closing it closes them, and keeps no memory of what they sent. */
final class Attackers implements AutoCloseable {

    private static final long TICK_MILLIS = 10;
    private static final long CONNECT_AGAIN_NANOS = Duration.ofSeconds(1).toNanos();
    private static final int CONNECTS_A_TICK = 100;
    private static final int WRITE = 64 << 10;

    private final InetSocketAddress gateway;
    private final Selector selector;
    private final List<Peer> peers = new ArrayList<>();
    private final ByteBuffer trash = ByteBuffer.allocateDirect(WRITE);
    private final AtomicLong sent = new AtomicLong();
    private final AtomicLong pieces = new AtomicLong();
    private final AtomicLong connected = new AtomicLong();
    private final AtomicLong closedByGateway = new AtomicLong();
    private final Thread thread = new Thread(this::run, "attackers");
    private volatile boolean stopped;

    Attackers(int port, Attack... attacks) throws IOException {
        gateway = new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
        selector = Selector.open();
        for (Attack attack : attacks) {
            for (int number = 0; number < attack.connections(); number++) {
                peers.add(new Peer(attack, number));
            }
        }
        thread.start();
    }

    /** How many connections were made, also those that the gateway closed. */
    long connected() {
        return connected.get();
    }

    /** How many whole pieces were sent. */
    long pieces() {
        return pieces.get();
    }

    /** What they did, for people. */
    @Override
    public String toString() {
        return connected + " connections, " + closedByGateway + " closed by the gateway, " + (sent.get() >> 20) + " MB";
    }

    private void run() {
        try {
            while (!stopped) {
                long now = System.nanoTime();
                int connects = 0;
                for (Peer peer : peers) {
                    if (peer.due - now <= 0 && (peer.channel != null || connects++ < CONNECTS_A_TICK)) {
                        peer.wake();
                    }
                }
                selector.select(key -> ((Peer) key.attachment()).act(key), TICK_MILLIS);
            }
            peers.forEach(Peer::disconnect);
            selector.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** All of them leave. */
    @Override
    public void close() {
        stopped = true;
        selector.wakeup();
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** One connection, and the next one in its place. */
    private final class Peer {
        private final Attack attack;
        private final int number;
        private @Nullable SocketChannel channel;
        private @Nullable SelectionKey key;
        private Iterator<byte[]> script = Collections.emptyIterator();
        private ByteBuffer piece = ByteBuffer.allocate(0);
        private long due = System.nanoTime();

        Peer(Attack attack, int number) {
            this.attack = attack;
            this.number = number;
        }

        /** Connects, or goes on after a pause. */
        void wake() {
            due = Long.MAX_VALUE / 2 + System.nanoTime();
            if (key != null) {
                key.interestOpsOr(SelectionKey.OP_WRITE);
                return;
            }
            try {
                script = attack.pieces().get();
                piece = ByteBuffer.allocate(0);
                SocketChannel opened = SocketChannel.open();
                channel = opened;
                opened.configureBlocking(false);
                opened.bind(new InetSocketAddress("127.0.0." + (2 + number % attack.addresses()), 0));
                key = opened.register(selector, SelectionKey.OP_CONNECT, this);
                opened.connect(gateway);
            } catch (IOException e) {
                closed();
            }
        }

        void act(SelectionKey selected) {
            try {
                SocketChannel open = (SocketChannel) selected.channel();
                if (selected.isConnectable() && open.finishConnect()) {
                    connected.incrementAndGet();
                    selected.interestOps(SelectionKey.OP_WRITE | (attack.reading() ? SelectionKey.OP_READ : 0));
                } else if (selected.isReadable() && open.read(trash.clear()) < 0) {
                    closed();
                } else if (selected.isWritable()) {
                    write(open, selected);
                }
            } catch (IOException e) {
                closed();
            }
        }

        private void write(SocketChannel open, SelectionKey selected) throws IOException {
            if (!piece.hasRemaining()) {
                if (!script.hasNext()) {
                    selected.interestOpsAnd(~SelectionKey.OP_WRITE);
                    if (attack.resetting()) {
                        open.setOption(StandardSocketOptions.SO_LINGER, 0);
                        closed();
                    }
                    return;
                }
                piece = ByteBuffer.wrap(script.next());
            }
            // A larger one would be copied whole into a buffer of the JDK's.
            ByteBuffer part = piece.slice(piece.position(), Math.min(WRITE, piece.remaining()));
            sent.addAndGet(open.write(part));
            piece.position(piece.position() + part.position());
            if (!piece.hasRemaining()) {
                pieces.incrementAndGet();
                if (!attack.pause().isZero()) {
                    selected.interestOpsAnd(~SelectionKey.OP_WRITE);
                    due = System.nanoTime() + attack.pause().toNanos();
                }
            }
        }

        private void closed() {
            disconnect();
            if (!attack.resetting()) {
                closedByGateway.incrementAndGet();
            }
            due = System.nanoTime() + (attack.resetting() ? attack.pause().toNanos() : CONNECT_AGAIN_NANOS);
        }

        void disconnect() {
            try {
                if (channel != null) {
                    channel.close();
                }
                key = null;
                channel = null;
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
