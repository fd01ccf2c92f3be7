package org.certcollect.protocol;

/** A claim to an order by the login and password of the account that owns it. */
public record Login(LoginName name, LoginPassword password, OrderNumber orderNumber)
    implements OrderClaim {}
