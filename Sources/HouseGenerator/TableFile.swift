import Foundation
import Quantities

/// Writes one table as CSV (RFC 4180, LF, UTF-8) field by field; memory stays at one buffer.
///
/// A row is as many field calls as the table has columns, then ``endRow()``. ``close()`` writes the rest.
final class TableFile {
    private let handle: FileHandle
    private let path: String
    private let columnCount: Int
    private var buffer: [UInt8] = []
    private var fieldsInRow = 0
    private(set) var rowCount = 0

    private static let bufferLimit = 1 << 20

    init(_ table: HouseTable, in folder: String) throws(HouseError) {
        path = "\(folder)/\(table.rawValue).csv"
        columnCount = table.columns.count
        guard FileManager.default.createFile(atPath: path, contents: nil),
            let handle = FileHandle(forWritingAtPath: path)
        else { throw .cannotWrite(path: path, reason: "the file cannot be created") }
        self.handle = handle
        buffer.reserveCapacity(Self.bufferLimit + 4096)
        buffer.append(contentsOf: table.columns.joined(separator: ",").utf8)
        buffer.append(UInt8(ascii: "\n"))
    }

    /// A cell of plain text without comma, quote or line break: a code, a date, a number already written.
    func plain(_ text: String) {
        separate()
        buffer.append(contentsOf: text.utf8)
    }

    /// A cell of any text, quoted where RFC 4180 asks for it; the empty text is `""`, which is not NULL.
    func quoted(_ text: String) {
        separate()
        guard !text.isEmpty else {
            buffer.append(contentsOf: "\"\"".utf8)
            return
        }
        let special: [UInt8] = [UInt8(ascii: ","), UInt8(ascii: "\""), 10, 13]
        guard text.utf8.contains(where: { special.contains($0) }) else {
            buffer.append(contentsOf: text.utf8)
            return
        }
        buffer.append(UInt8(ascii: "\""))
        for byte in text.utf8 {
            if byte == UInt8(ascii: "\"") { buffer.append(byte) }
            buffer.append(byte)
        }
        buffer.append(UInt8(ascii: "\""))
    }

    /// A NULL cell: nothing between the commas.
    func empty() { separate() }

    func integer(_ value: Int64) {
        separate()
        buffer.appendDecimal(value, decimals: 0)
    }

    /// `units · 10^-decimals` with exactly `decimals` decimals.
    func decimal(_ units: Int64, decimals: Int) {
        separate()
        buffer.appendDecimal(units, decimals: decimals)
    }

    func endRow() throws(HouseError) {
        precondition(fieldsInRow == columnCount, "a row has one cell a column: \(path)")
        buffer.append(UInt8(ascii: "\n"))
        fieldsInRow = 0
        rowCount += 1
        if buffer.count >= Self.bufferLimit { try flush() }
    }

    /// A whole row of text cells; nil is NULL.
    func row(_ cells: String?...) throws(HouseError) {
        for cell in cells { if let cell { quoted(cell) } else { empty() } }
        try endRow()
    }

    func close() throws(HouseError) {
        try flush()
        do { try handle.close() } catch { throw .cannotWrite(path: path, reason: systemText(error)) }
    }

    private func separate() {
        if fieldsInRow > 0 { buffer.append(UInt8(ascii: ",")) }
        fieldsInRow += 1
    }

    private func flush() throws(HouseError) {
        do { try handle.write(contentsOf: Data(buffer)) } catch {
            throw .cannotWrite(path: path, reason: systemText(error))
        }
        buffer.removeAll(keepingCapacity: true)
    }
}

extension [UInt8] {
    /// Appends `units · 10^-decimals` in plain notation, with exactly `decimals` decimals.
    mutating func appendDecimal(_ units: Int64, decimals: Int) {
        if units < 0 { append(UInt8(ascii: "-")) }
        var rest = units.magnitude
        let start = count
        var written = 0
        repeat {
            if written == decimals, decimals > 0 { append(UInt8(ascii: ".")) }
            append(UInt8(ascii: "0") + UInt8(rest % 10))
            rest /= 10
            written += 1
        } while rest > 0 || written <= decimals
        self[start...].reverse()
    }
}

/// `units · 10^-decimals` as text.
package func decimalText(_ units: Int64, decimals: Int) -> String {
    var bytes: [UInt8] = []
    bytes.appendDecimal(units, decimals: decimals)
    return String(decoding: bytes, as: UTF8.self)
}

/// A number rounded half away from zero to `decimals` decimals, as text.
func decimalText(rounding value: Double, decimals: Int) -> String {
    decimalText(Int64((value * PowersOfTen.double(decimals)).rounded(.toNearestOrAwayFromZero)), decimals: decimals)
}
