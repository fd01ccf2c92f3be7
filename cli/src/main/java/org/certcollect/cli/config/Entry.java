package org.certcollect.cli.config;

/** A value as someone set it, before anything is checked. */
record Entry(String name, String value, SettingOrigin origin) {}
