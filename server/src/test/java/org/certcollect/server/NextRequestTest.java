package org.certcollect.server;

import org.certcollect.server.testing.TestServer;

/** On the server that makes the change. */
class NextRequestTest extends NextRequestContract {
  @Override
  TestServer startServer() {
    return TestServer.start();
  }

  @Override
  TestServer startAsked(TestServer changed) {
    return changed;
  }
}
