package org.certcollect.store.transfer;

import java.util.Optional;
import org.certcollect.store.OrderState;
import org.certcollect.store.Product;

/**
 * Which orders to export, in the order of their numbers.
 *
 * @param account only this login's orders, and of the accounts this one alone
 * @param after only orders with a greater number; 0 for all
 * @param limit the most orders
 */
public record Selection(
    Optional<String> account,
    Optional<OrderState> state,
    Optional<Product> product,
    long after,
    long limit) {}
