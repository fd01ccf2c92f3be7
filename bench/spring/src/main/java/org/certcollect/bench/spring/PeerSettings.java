package org.certcollect.bench.spring;

import java.util.Map;
import org.springframework.boot.context.properties.ConfigurationProperties;

/**
 * The settings of the check of passwords.
 *
 * @param key the key of the HMACs
 * @param logins for each login the HMAC of its password, in hexadecimal digits
 */
@ConfigurationProperties("collect")
public record PeerSettings(String key, Map<String, String> logins) {}
