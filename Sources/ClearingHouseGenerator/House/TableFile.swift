import Foundation
import Quantities
import TextFiles

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

    init(_ table: GeneratedTable, in folder: String) throws(GenerationError) {
        path = "\(folder)/\(table.rawValue).csv"
        columnCount = table.columns.count
        guard FileManager.default.createFile(atPath: path, contents: nil),
            let handle = FileHandle(forWritingAtPath: path)
        else { throw .cannotWrite(path: path, reason: "the file cannot be created") }
        self.handle = handle
        buffer.reserveCapacity(Self.bufferLimit + 4096)
        buffer.append(csvLine: table.columns)
    }

    /// A cell of plain text without comma, quote or line break: a code, a date, a number already written.
    func plain(_ text: String) {
        separate()
        buffer.append(contentsOf: text.utf8)
    }

    /// A cell of any text, quoted where RFC 4180 asks for it; the empty text is `""`, which is not NULL.
    func quoted(_ text: String) {
        separate()
        buffer.append(csv: text, quoting: .emptyTexts)
    }

    /// A NULL cell: nothing between the commas.
    func empty() { separate() }

    func integer(_ value: Int64) {
        separate()
        buffer.append(unscaled: Int128(value), scale: 0)
    }

    /// `units · 10^-decimals` with exactly `decimals` decimals.
    func decimal(_ units: Int64, decimals: Int) {
        separate()
        buffer.append(unscaled: Int128(units), scale: decimals)
    }

    func endRow() throws(GenerationError) {
        precondition(fieldsInRow == columnCount, "a row has one cell a column: \(path)")
        buffer.append(UInt8(ascii: "\n"))
        fieldsInRow = 0
        rowCount += 1
        if buffer.count >= Self.bufferLimit { try flush() }
    }

    /// A whole row of text cells; nil is NULL.
    func row(_ cells: String?...) throws(GenerationError) {
        for cell in cells { if let cell { quoted(cell) } else { empty() } }
        try endRow()
    }

    func close() throws(GenerationError) {
        try flush()
        do { try handle.close() } catch {
            throw .cannotWrite(path: path, reason: systemText(error) ?? error.localizedDescription)
        }
    }

    private func separate() {
        if fieldsInRow > 0 { buffer.append(UInt8(ascii: ",")) }
        fieldsInRow += 1
    }

    private func flush() throws(GenerationError) {
        do { try handle.write(contentsOf: Data(buffer)) } catch {
            throw .cannotWrite(path: path, reason: systemText(error) ?? error.localizedDescription)
        }
        buffer.removeAll(keepingCapacity: true)
    }
}

/// `units · 10^-decimals` as text.
package func decimalText(_ units: Int64, decimals: Int) -> String {
    var bytes: [UInt8] = []
    bytes.append(unscaled: Int128(units), scale: decimals)
    return String(decoding: bytes, as: UTF8.self)
}

/// A number rounded half away from zero to `decimals` decimals, as text.
func decimalText(rounding value: Double, decimals: Int) -> String {
    decimalText(Int64((value * PowersOfTen.double(decimals)).rounded(.toNearestOrAwayFromZero)), decimals: decimals)
}
