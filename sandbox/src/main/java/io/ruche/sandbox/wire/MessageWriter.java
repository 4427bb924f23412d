package io.ruche.sandbox.wire;

import io.ruche.sandbox.LogStream;
import io.ruche.sandbox.RunLogs;
import io.ruche.sandbox.RunOutcome;
import io.ruche.sandbox.RunRequest;
import java.io.BufferedOutputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;

/**
 * Writes frames: uint32 length, type byte, fields in the order of the record. Any thread may write.
 */
public final class MessageWriter {
  static final int MAX_FRAME_BYTES = 8 << 20;
  static final int RUN = 1;
  static final int CANCEL = 2;
  static final int READY = 3;
  static final int DONE = 4;
  static final int LOGGED = 5;
  static final long NO_FUEL = -1;

  private final DataOutputStream out;

  public MessageWriter(OutputStream out) {
    this.out = new DataOutputStream(new BufferedOutputStream(out));
  }

  /** Short frames go out in one piece, so that the other side wakes up once. */
  public synchronized void write(Message message) throws IOException {
    var bytes = new ByteArrayOutputStream();
    encode(message, new DataOutputStream(bytes));
    if (bytes.size() > MAX_FRAME_BYTES) {
      throw new IOException("expected a frame of at most %d bytes, found %d"
          .formatted(MAX_FRAME_BYTES, bytes.size()));
    }
    out.writeInt(bytes.size());
    bytes.writeTo(out);
    out.flush();
  }

  private static void encode(Message message, DataOutputStream body) throws IOException {
    switch (message) {
      case Message.Run run -> {
        body.writeByte(RUN);
        body.writeLong(run.number());
        writeRequest(run.request(), body);
      }
      case Message.Cancel cancel -> {
        body.writeByte(CANCEL);
        body.writeLong(cancel.number());
      }
      case Message.Ready ready -> {
        body.writeByte(READY);
        writeText(ready.engine(), body);
        body.writeBoolean(ready.isFast());
      }
      case Message.Logged logged -> {
        body.writeByte(LOGGED);
        body.writeBoolean(logged.stream() == LogStream.STDERR);
        var bytes = new byte[logged.bytes().remaining()];
        logged.bytes().get(bytes);
        body.writeInt(bytes.length);
        body.write(bytes);
      }
      case Message.Done done -> {
        body.writeByte(DONE);
        body.writeLong(done.number());
        body.writeBoolean(done.isSpent());
        writeOutcome(done.outcome(), body);
      }
    }
  }

  private static void writeRequest(RunRequest request, DataOutputStream body) throws IOException {
    if (!(request.app() instanceof RunRequest.App.AppFile module)) {
      throw new IOException("expected a module, found " + request.app());
    }
    writeText(module.file().toString(), body);
    writeText(module.sha256().hex(), body);
    writeText(request.seed(), body);
    body.writeInt(request.args().size());
    for (var argument : request.args()) {
      writeText(argument, body);
    }
    body.writeInt(request.env().size());
    for (var variable : request.env().entrySet()) {
      writeText(variable.getKey(), body);
      writeText(variable.getValue(), body);
    }
    writeText(request.input().toString(), body);
    writeText(request.output().toString(), body);
    body.writeLong(request.limits().runTime().toMillis());
    body.writeInt(request.limits().memoryMiB());
    body.writeLong(request.limits().outputBytes());
    body.writeInt(request.limits().outputFiles());
    body.writeLong(request.limits().fuel());
  }

  private static void writeOutcome(RunOutcome outcome, DataOutputStream body) throws IOException {
    switch (outcome) {
      case RunOutcome.Finished finished -> body.writeBoolean(true);
      case RunOutcome.Failed failed -> {
        body.writeBoolean(false);
        writeText(failed.code().name(), body);
        body.writeInt(failed.exitCode());
        writeText(failed.detail(), body);
      }
    }
    RunLogs logs = outcome.logs();
    writeText(logs.stdout(), body);
    writeText(logs.stderr(), body);
    body.writeLong(logs.droppedBytes());
    body.writeLong(outcome.fuelUsed().orElse(NO_FUEL));
  }

  private static void writeText(String text, DataOutputStream body) throws IOException {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    body.writeInt(bytes.length);
    body.write(bytes);
  }
}
