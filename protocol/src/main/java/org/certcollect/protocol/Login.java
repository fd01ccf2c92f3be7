package org.certcollect.protocol;

/** A claim to one of the orders of the account that logs in. */
public record Login(LoginName name, LoginPassword password, OrderNumber orderNumber)
    implements OrderClaim {}
