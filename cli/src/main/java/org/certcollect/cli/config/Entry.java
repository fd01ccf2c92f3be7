package org.certcollect.cli.config;

/** A key and its value as text, not yet checked. */
record Entry(String name, String value, SettingOrigin origin) {}
