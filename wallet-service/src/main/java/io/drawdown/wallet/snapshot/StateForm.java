package io.drawdown.wallet.snapshot;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.drawdown.wallet.domain.WalletState;
import java.io.ByteArrayInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * The state of a wallet as bytes, and back. Derived from the records themselves, so that a new component needs no care here:
 * equal states have equal bytes, and decimals, instants and orders that count are kept as they are.
 *
 * <p>A set and a {@link java.util.Map} are written in an order of their own; a map whose order counts is declared a
 * {@link java.util.SequencedMap}.
 */
public final class StateForm {

    /** Raised when events are folded in another way although the records have kept their shape. */
    private static final int MEANING = 3;

    private static final Structure STRUCTURE = Structure.of(WalletState.class);
    private static final String SHAPE = fingerprint(MEANING + " " + STRUCTURE.shape());

    private StateForm() {}

    /** Names the form; bytes of another one cannot be read. */
    public static String shape() {
        return SHAPE;
    }

    public static byte[] write(WalletState state) {
        try {
            return Chunk.of(out -> STRUCTURE.write(state, out));
        } catch (IOException e) {
            throw new UncheckedIOException("Wallet " + state.id() + " cannot be written as a snapshot", e);
        }
    }

    /** @throws IOException if these are not the bytes of a state in this form */
    public static WalletState read(byte[] bytes) throws IOException {
        var in = new ByteArrayInputStream(bytes);
        try {
            var state = (WalletState) STRUCTURE.read(new DataInputStream(in));
            if (in.available() > 0) {
                throw new IOException(in.available() + " bytes are left over after a state");
            }
            return state;
        } catch (RuntimeException e) {
            throw new IOException("These bytes are no state of a wallet", e);
        }
    }

    private static String fingerprint(String shape) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(shape.getBytes(UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java platform has SHA-256", e);
        }
    }
}
