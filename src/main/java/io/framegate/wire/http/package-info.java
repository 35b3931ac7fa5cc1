/**
 * Reads the HTTP requests of cameras, with bodies of XML, JSON, one picture or several parts, and writes the responses.
 *
 * <pre>
 * bytes
 *   |
 * HttpRequestReader    Netty's decoder of requests, with limits; HttpHead and ChunkEnds refuse ambiguous bytes
 * HttpCameraDecoder    checks method and login; passes each piece of a body to the HttpBody that HttpBodies chooses,
 *   |                  through HttpInflatedBody (HttpInflater) if it is compressed:
 *   |-- HttpGuessedBody    by its first bytes (BodyKind), then one of the next
 *   |-- HttpCutBody        XML or JSON: the cutters of a bare socket
 *   |-- HttpWholeBody      one picture, or bytes of an unknown kind (UnknownBytes)
 *   |-- HttpTextBody       other text: TextPictures, HttpFormBody or XML
 *   |-- HttpMultipartBody  parts (MultipartCutter, MultipartPart)
 *   |
 * HttpPackets          keeps the packets and rejects of a piece until it is read
 *   |
 * Packet or RejectedPacket, to the gate; its answer goes to
 * HttpAnswers          writes the responses in the order of the requests
 * </pre>
 */
@NullMarked
package io.framegate.wire.http;

import org.jspecify.annotations.NullMarked;
