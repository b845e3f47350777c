import Digests
import Testing

@Suite struct `Hexadecimal` {
    @Test func `of every byte comes back, in either case`() {
        let all = (0...255).map { UInt8($0) }
        #expect(hexadecimal([0, 9, 10, 171, 255]) == "00090aabff" && hexadecimal([]).isEmpty)
        #expect(bytes(hexadecimal: hexadecimal(all)) == all)
        #expect(bytes(hexadecimal: hexadecimal(all).uppercased()) == all)
    }

    @Test(arguments: ["0", "0g", "0x", " 00", "é"]) func `is nothing else`(_ text: String) {
        #expect(bytes(hexadecimal: text) == nil)
    }
}
