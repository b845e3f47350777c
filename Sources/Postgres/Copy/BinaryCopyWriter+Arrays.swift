/// Array fields of other than whole numbers, one dimension each.
extension BinaryCopyWriter {
    /// A text[].
    package mutating func textArray(_ values: [String]) {
        let bytes = values.map { Array($0.utf8) }
        beginArray(of: .text, count: values.count, size: bytes.reduce(0) { $0 + 4 + $1.count })
        for element in bytes {
            store(Int32(truncatingIfNeeded: element.count))
            for byte in element { store(byte) }
        }
    }

    /// A numeric[] of exact decimals; each scale is from 0 to 38.
    package mutating func numericArray(_ values: [(unscaled: Int128, scale: Int)]) {
        let digits = values.map { NumericDigits(unscaled: $0.unscaled, scale: $0.scale) }
        beginArray(of: .numeric, count: values.count, size: digits.reduce(0) { $0 + 12 + 2 * ($1.high - $1.low) })
        for element in digits {
            store(Int32(8 + 2 * (element.high - element.low)))
            store(element.count)
            store(element.weight)
            store(element.sign)
            store(element.scale)
            for index in stride(from: element.high, to: element.low, by: -1) { store(element.groups[index - 1]) }
        }
    }

    /// Stores the header of an array field whose elements, with their lengths, take `size` bytes, and makes room for
    /// them.
    private mutating func beginArray(of type: DataType, count: Int, size: Int) {
        fieldsToCome &-= 1
        let header = count == 0 ? 12 : 20
        reserve(4 + header + size)
        store(Int32(truncatingIfNeeded: header + size))
        store(Int32(count == 0 ? 0 : 1))
        store(Int32(0))
        store(type.objectIdentifier)
        if count > 0 {
            store(Int32(truncatingIfNeeded: count))
            store(Int32(1))
        }
    }
}
