package org.certcollect.store.transfer;

import java.util.Optional;
import org.certcollect.store.domain.OrderState;
import org.certcollect.store.domain.Product;

/**
 * The part of a store that is to be exported. The orders are sorted by number.
 *
 * @param account only this account and its orders
 * @param after only orders with a greater number; 0 for all
 * @param limit the maximum number of orders
 */
public record Selection(
    Optional<String> account,
    Optional<OrderState> state,
    Optional<Product> product,
    long after,
    long limit) {}
