import Foundation
import TestSupport
import Testing

/// The demo house with the rows of its date under any date, so that a database can hold many equal nights.
struct DatedHouse {
    /// The files of the date by table, the header first.
    private let daily: [String: [Substring]]

    /// Generates the house, each account `copies` times under other names, and loads what has no date.
    init(in installation: Installation, copies: Int = 1) throws {
        let folder = installation.folder + "/house"
        let history = Checkout.history
        #expect(try installation.run("margin", "generate", folder, "--history", history).code == 0)
        // A night that is watched reads those before it, up to sixty: these nights are to be equal.
        try FileManager.default.removeItem(atPath: folder + "/monitoring.csv")
        // In force on every date that nights are made for.
        let set = folder + "/parameter_set.csv"
        let text = try String(contentsOfFile: set, encoding: .utf8)
        #expect(text.contains("2018-12-01"))
        try text.replacing("2018-12-01", with: "2018-01-01").write(toFile: set, atomically: false, encoding: .utf8)
        var daily: [String: [Substring]] = [:]
        for name in try FileManager.default.contentsOfDirectory(atPath: folder) {
            let path = folder + "/" + name
            let lines = Self.copied(try String(contentsOfFile: path, encoding: .utf8).split(separator: "\n"), copies)
            guard lines.first?.hasPrefix("business_date,") == true else {
                try (lines.joined(separator: "\n") + "\n").write(toFile: path, atomically: false, encoding: .utf8)
                continue
            }
            // A final price would end a series that the next night still holds.
            daily[name] =
                lines.prefix(1) + lines.filter { $0.hasPrefix("2018-12-28,") && !$0.contains(",final,") }
            try FileManager.default.removeItem(atPath: path)
        }
        let loaded = try installation.run("margin", "load", folder)
        #expect(loaded.code == 0, "\(loaded.errors)")
        self.daily = daily
    }

    /// Loads the rows of the house's date as those of another.
    func load(into installation: Installation, on date: String) throws {
        let folder = installation.folder + "/" + date
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: false)
        for (name, lines) in daily {
            let rows = lines.map { $0.hasPrefix("2018-12-28,") ? date + $0.dropFirst(date.count) : String($0) }
            try (rows.joined(separator: "\n") + "\n").write(
                toFile: folder + "/" + name, atomically: false, encoding: .utf8)
        }
        let loaded = try installation.run("margin", "load", folder)
        #expect(loaded.code == 0, "\(date): \(loaded.errors)")
    }

    /// A file's rows, and where they are of accounts those of further accounts, with trades of their own, below them.
    private static func copied(_ lines: [Substring], _ copies: Int) -> [Substring] {
        let columns = lines[0].split(separator: ",")
        guard copies > 1, let account = columns.firstIndex(of: "account") else { return lines }
        let named = [account] + [columns.firstIndex(of: "trade")].compactMap(\.self)
        return lines
            + (1..<copies).flatMap { copy in
                lines.dropFirst().map { line -> Substring in
                    var cells = line.split(separator: ",", omittingEmptySubsequences: false).map(String.init)
                    for column in named { cells[column] = "Z\(copy)-" + cells[column] }
                    return Substring(cells.joined(separator: ","))
                }
            }
    }
}
