package org.certcollect.protocol;

import static java.lang.annotation.ElementType.METHOD;
import static java.lang.annotation.RetentionPolicy.RUNTIME;

import java.lang.annotation.Retention;
import java.lang.annotation.Target;
import net.jqwik.api.Property;

/** A property that is tried with many values, the same ones in every run. */
@Property(seed = "106", tries = 500)
@Retention(RUNTIME)
@Target(METHOD)
public @interface Law {}
