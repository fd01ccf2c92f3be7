package org.certcollect.protocol;

/**
 * A request that is right in form; who sent it and what became of the order is not known yet.
 *
 * @param claim which order, and by what right
 * @param responseMimeType the Content-Type of an answer with a status above 0
 */
public record CollectRequest(
    Endpoint endpoint,
    OrderClaim claim,
    QueryType queryType,
    ResponseType responseType,
    ResponseEncoding responseEncoding,
    MediaType responseMimeType,
    boolean showValidityPeriod)
    implements Reading {}
