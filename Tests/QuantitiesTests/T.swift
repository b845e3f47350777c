import Testing
import Quantities
import Subprocess
@Test func `a`() { #expect(Bool(true)) }
