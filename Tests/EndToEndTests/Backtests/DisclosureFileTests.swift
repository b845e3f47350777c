import Foundation
import TestSupport
import Testing

/// The quarterly disclosure that `margin walk-forward --disclosure` writes, held against the days beside it.
@Suite struct DisclosureFileTests {
    private static let walk = [
        "walk-forward", "\(Checkout.fixtures)/default-calibration", "--history", "\(Checkout.fixtures)/history",
        "--from", "2002-01-01", "--through", "2002-12-31",
    ]

    /// The rows of a CSV file without quotes, by column.
    private func rows(_ path: String) throws -> [[String: String]] {
        let lines = try String(contentsOfFile: path, encoding: .utf8).split(separator: "\n").map {
            $0.split(separator: ",", omittingEmptySubsequences: false).map(String.init)
        }
        let names = try #require(lines.first)
        return lines.dropFirst().map { Dictionary(uniqueKeysWithValues: zip(names, $0)) }
    }

    @Test func `each quarter's figures are those of its days`() throws {
        let scratch = try ScratchFolder()
        let out = scratch.path(of: "out")
        let ended = try BuiltProgram.run(
            "margin",
            Self.walk + ["--disclosure", "--disclosure-rise", "1", "--disclosure-span", "quarter", "--out", out])
        #expect(ended.code == 0, "\(ended.errors)")
        let disclosed = try rows("\(out)/procyclicality-disclosure.csv")
        // Three walks, four quarters, one span, and with one rise ten measures.
        #expect(disclosed.count == 3 * 4 * 10, "\(disclosed.count)")
        let days = try rows("\(out)/walk-forward-day.csv").filter { $0["variant"] == "stated" }
        for code in ["BRENT", "GAS", "WTI"] {
            for (end, months) in [("2002-03-31", 1...3), ("2002-12-31", 10...12)] {
                let own = days.filter { day in
                    day["walk_forward"] == code
                        && day["business_date"].flatMap { Int($0.dropFirst(5).prefix(2)) }
                            .map(months.contains) == true
                        && day["business_date"]?.hasPrefix("2002") == true
                }
                let margins = own.compactMap { $0["margin"].flatMap(Double.init) }
                func value(_ measure: String) throws -> Double {
                    let row = try #require(
                        disclosed.first {
                            $0["unit"] == code && $0["quarter_end"] == end && $0["measure"] == measure
                        })
                    #expect(row["source"] == "replay" && row["first_day"] == own.first?["business_date"])
                    #expect(row["days"] == "\(own.count)" && row["last_day"] == own.last?["business_date"])
                    return Double(row["value"] ?? "") ?? .nan
                }
                let mean = margins.reduce(0, +) / Double(margins.count)
                #expect(abs(try value("average") - mean) < 1e-9 * mean, "\(code) \(end)")
                let rise = zip(margins, margins.dropFirst()).map { $1 / $0 - 1 }.max() ?? 0
                #expect(abs(try value("rise") - max(0, rise)) < 1e-12, "\(code) \(end)")
                #expect(try value("observations") == Double(own.count { $0["is_exception"] != "" }))
                #expect(try value("exceedances") == Double(own.count { $0["is_exception"] == "true" }))
            }
        }
    }

    @Test func `a disclosure needs a folder, and windows that are some`() throws {
        for more in [["--disclosure"], ["--disclosure-span", "year"], ["--disclosure-rise", "0"]] {
            let ended = try BuiltProgram.run("margin", Self.walk + more)
            #expect(ended.code == 64, "\(more) \(ended.errors)")
        }
    }
}
