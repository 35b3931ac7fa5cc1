/**
 * Tests of the live wall in Chromium, as an operator sees it. {@link io.framegate.it.browser.OpenWall} runs gateway and
 * browser for a class of them, or skips it where there is no browser; after each test it looks for what the browser
 * complained of.
 */
package io.framegate.it.browser;
