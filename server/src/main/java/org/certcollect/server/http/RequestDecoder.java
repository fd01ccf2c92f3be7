package org.certcollect.server.http;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandler.Sharable;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPipeline;
import io.netty.channel.ChannelPromise;
import io.netty.handler.codec.http.DefaultHttpRequest;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpMessage;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.handler.codec.http.TooLongHttpHeaderException;
import io.netty.util.AsciiString;
import io.vertx.core.http.Http1ServerConfig;
import io.vertx.core.http.impl.headers.Http1xHeaders;
import io.vertx.core.http.impl.http1.VertxHttpRequestDecoder;
import java.util.List;
import org.certcollect.server.config.LimitsConfig;
import org.jspecify.annotations.Nullable;

/**
 * The decoder of one connection's requests. It takes the place of the decoder of Vert.x, and adds
 * to it:
 *
 * <ul>
 *   <li>a limit on the number of header and trailer fields. A limit on their bytes is not enough:
 *       3,900 fields {@code a:} fit into 16 KiB and take 245 KiB of heap;
 *   <li>the count of what the requests of the connection hold, in its {@link HeldBytes};
 *   <li>the refusal of what another server may read otherwise: a field without a name, a folded one
 *       (RFC 9112, section 5.2), a transfer coding beside {@code chunked} (section 6.1);
 *   <li>a request is decoded only when the one before it is answered: the requests of one read can
 *       take many times its bytes;
 *   <li>an error in a chunked body becomes an error of the request, which can be answered. Vert.x
 *       would end the connection.
 * </ul>
 *
 * <p>Confined to one event loop.
 */
final class RequestDecoder extends VertxHttpRequestDecoder {
  /** The version of HTTP in the request line is neither 1.0 nor 1.1. */
  static final class UnsupportedVersionException extends RuntimeException {
    private static final long serialVersionUID = 1;

    UnsupportedVersionException() {
      super("unsupported version of HTTP", null, false, false);
    }
  }

  /** The heap that the objects of a request take, beside its fields. */
  private static final int REQUEST_BYTES = 1024;

  /** The heap that the objects of a field take. */
  private static final int FIELD_BYTES = 160;

  /** The maximum size of later requests that is read while a request waits for its answer. */
  private static final int MAX_UNDECODED = 16 << 10;

  private final HeldBytes held;
  private @Nullable DefaultHttpRequest request;
  private @Nullable ChannelHandlerContext context;
  private @Nullable ByteBuf input;
  private boolean betweenRequests = true;
  private boolean ignoresRest;
  private boolean waits;
  private boolean readsHeader;
  private boolean folded;
  private int fields;
  private int scratch;
  private int undecoded;

  RequestDecoder(Http1ServerConfig config, HeldBytes held) {
    super(config);
    this.held = held;
  }

  /** Puts the decoder into the pipeline of a new connection, which has decoded nothing yet. */
  void install(Channel channel) {
    channel.pipeline().replace("httpDecoder", "httpDecoder", this);
  }

  /** Drops everything after the request that is being read. */
  void ignoreRest() {
    ignoresRest = true;
  }

  /** Goes on with the next request, if that has come already: the one before it is answered. */
  void resume() {
    if (waits && !held.isReading() && context != null && !context.isRemoved()) {
      waits = false;
      context.executor().execute(this::decodeNext);
    }
  }

  private void decodeNext() {
    ChannelHandlerContext ctx = context;
    if (ctx == null || ctx.isRemoved()) {
      return;
    }
    try {
      channelRead(ctx, Unpooled.EMPTY_BUFFER);
      channelReadComplete(ctx);
    } catch (Exception e) {
      ctx.fireExceptionCaught(e);
    }
  }

  @Override
  public void channelRead(ChannelHandlerContext ctx, Object message) throws Exception {
    held.readBegins();
    super.channelRead(ctx, message);
  }

  @Override
  public void channelReadComplete(ChannelHandlerContext ctx) throws Exception {
    super.channelReadComplete(ctx);
    held.readEnds();
    if (waits && !held.awaitsAnswer()) {
      resume();
    }
  }

  @Override
  protected void decode(ChannelHandlerContext ctx, ByteBuf in, List<Object> out) throws Exception {
    if (held.isEnded() || (ignoresRest && betweenRequests)) {
      in.skipBytes(in.readableBytes());
    } else if (betweenRequests && held.awaitsAnswer()) {
      waits = true;
    } else {
      decodeNow(ctx, in, out);
    }
    held.add(in.readableBytes() - undecoded);
    undecoded = in.readableBytes();
    boolean reads = !waits || undecoded < MAX_UNDECODED;
    if (ctx.channel().config().isAutoRead() != reads) {
      ctx.channel().config().setAutoRead(reads);
    }
  }

  private void decodeNow(ChannelHandlerContext ctx, ByteBuf in, List<Object> out) throws Exception {
    waits = false;
    context = ctx;
    input = in;
    int before = in.readableBytes();
    // The end of the field before it had come without the start of this line.
    folded |= readsHeader && fields > 0 && startsWithBlank(in);
    super.decode(ctx, in, out);
    held.addToRequest(before - in.readableBytes());
    for (int i = 0; i < out.size(); i++) {
      if (out.get(i) instanceof LastHttpContent last) {
        if (last.decoderResult().isFailure() && request != null) {
          request.setDecoderResult(last.decoderResult());
          out.set(i, LastHttpContent.EMPTY_LAST_CONTENT);
        }
        request = null;
        betweenRequests = true;
      }
    }
  }

  @Override
  protected HttpMessage createMessage(String[] initialLine) {
    String version = initialLine[2];
    boolean isHttp10 = HttpVersion.HTTP_1_0.text().equals(version);
    if (!isHttp10 && !HttpVersion.HTTP_1_1.text().equals(version)) {
      HttpVersion.valueOf(version);
      throw new UnsupportedVersionException();
    }
    fields = 0;
    readsHeader = true;
    folded = false;
    betweenRequests = false;
    held.begin(REQUEST_BYTES);
    if (isHttp10 && context != null) {
      StatusLine.install(context.pipeline());
    }
    DefaultHttpRequest created = (DefaultHttpRequest) super.createMessage(initialLine);
    request = created;
    return created;
  }

  /** Makes a request whose answer does not repeat in its status line what the client sent. */
  @Override
  protected HttpMessage createInvalidMessage() {
    betweenRequests = false;
    held.begin(REQUEST_BYTES);
    return new DefaultHttpRequest(
        HttpVersion.HTTP_1_1, HttpMethod.GET, "/bad-request", Http1xHeaders.httpHeaders());
  }

  /** Called once for each field of a header or a trailer, before it becomes objects. */
  @Override
  protected AsciiString splitHeaderName(byte[] line, int start, int length) {
    if (length == 0) {
      throw new IllegalArgumentException("a field without a name");
    }
    if (++fields > LimitsConfig.MAX_HEADER_FIELDS) {
      throw new TooLongHttpHeaderException("too many fields");
    }
    // In a trailer, a fold that comes with a later packet is split as a field of its own.
    if (isBlank(line[start]) || (input != null && startsWithBlank(input))) {
      throw new IllegalArgumentException("a folded field");
    }
    if (line.length > scratch) {
      // The buffer for lines never shrinks, and is kept for as long as the connection is open.
      held.add(line.length - scratch);
      scratch = line.length;
    }
    held.addToRequest(FIELD_BYTES);
    return super.splitHeaderName(line, start, length);
  }

  /** Called once for each request, when its header is complete. */
  @Override
  protected boolean isContentAlwaysEmpty(HttpMessage message) {
    readsHeader = false;
    if (folded) {
      throw new IllegalArgumentException("a folded field");
    }
    String coding = message.headers().get(HttpHeaderNames.TRANSFER_ENCODING);
    if (coding != null && !HttpHeaderValues.CHUNKED.contentEqualsIgnoreCase(coding)) {
      throw new IllegalArgumentException("a transfer coding beside chunked");
    }
    return super.isContentAlwaysEmpty(message);
  }

  private static boolean startsWithBlank(ByteBuf in) {
    return in.isReadable() && isBlank(in.getByte(in.readerIndex()));
  }

  private static boolean isBlank(byte b) {
    return b == ' ' || b == '\t';
  }

  /** A handler that answers requests of HTTP/1.0 in HTTP/1.1 (RFC 9110, section 6.2). */
  @Sharable
  private static final class StatusLine extends ChannelDuplexHandler {
    private static final String NAME = "statusLine";
    private static final StatusLine INSTANCE = new StatusLine();

    static void install(ChannelPipeline pipeline) {
      if (pipeline.get(NAME) == null) {
        pipeline.addAfter("httpEncoder", NAME, INSTANCE);
      }
    }

    @Override
    public void write(ChannelHandlerContext ctx, Object message, ChannelPromise promise) {
      if (message instanceof HttpResponse response) {
        response.setProtocolVersion(HttpVersion.HTTP_1_1);
      }
      ChannelFuture unused = ctx.write(message, promise);
    }
  }
}
