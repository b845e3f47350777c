import Foundation
import ClearingHouseGenerator
import Quantities
import TestSupport
import Testing

@Suite struct GenerateHouseTests {
    let previous = GeneratedDates.demo.previous.description
    let current = GeneratedDates.demo.current.description

    @Test func `the same seed writes the same bytes, another seed others`() throws {
        let first = try GeneratedFolder.demo.get()
        let again = try GeneratedFolder(size: .demo, seed: 20_181_231)
        let other = try GeneratedFolder(size: .demo, seed: 20_181_232)
        #expect(first.tables == again.tables)
        for table in first.tables { #expect(try first.bytes(table) == again.bytes(table), "\(table)") }
        for table in ["position", "trade", "settlement_price", "risk_factor_level"] {
            #expect(try first.bytes(table) != other.bytes(table), "\(table)")
        }
    }

    @Test func `the demo house is of the size that was promised`() throws {
        let house = try GeneratedFolder.demo.get()
        #expect(try house.rows("clearing_member").count == 12)
        #expect(try house.rows("account").count == 40)
        #expect(try house.rows("series").count >= 2_000)
        #expect(try house.rows("position").count { $0["business_date"] == current } >= 12_000)
        #expect(try Set(house.rows("combined_commodity").map { $0["currency"] }) == ["USD", "EUR", "JPY"])
    }

    @Test(arguments: [GeneratedFolder.demo, GeneratedFolder.many])
    func `every long has a short in every series on both dates`(_ made: Result<GeneratedFolder, any Error>) throws {
        var net: [String: Int] = [:]
        for row in try made.get().rows("position") {
            let key = "\(row["business_date", default: ""]) \(row["series", default: ""])"
            net[key, default: 0] += whole(row, "long_quantity") - whole(row, "short_quantity")
        }
        #expect(net.count > 1_000)
        #expect(net.values.allSatisfy { $0 == 0 })
    }

    @Test(arguments: [GeneratedFolder.demo, GeneratedFolder.many])
    func `yesterday's book and today's trades make today's, without what expires`(
        _ made: Result<GeneratedFolder, any Error>
    ) throws {
        let house = try made.get()
        let series = try house.rows("series", by: "series")
        var rolled: [String: Int] = [:]
        var today: [String: Int] = [:]
        for row in try house.rows("position") + house.rows("trade") {
            let code = row["series", default: ""]
            if series[code]?["expiry_date", default: ""] ?? "" <= current { continue }
            let key = "\(row["account", default: ""]) \(row["owner", default: ""]) \(code)"
            if let quantity = row["quantity"] {
                rolled[key, default: 0] += Int(quantity) ?? 0
            } else {
                let net = whole(row, "long_quantity") - whole(row, "short_quantity")
                if row["business_date"] == current {
                    today[key, default: 0] += net
                } else {
                    rolled[key, default: 0] += net
                }
            }
        }
        #expect(today.filter { $0.value != 0 } == rolled.filter { $0.value != 0 })
    }

    @Test func `trades of the date balance in each series`() throws {
        var net: [String: Int] = [:]
        for row in try GeneratedFolder.demo.get().rows("trade") {
            #expect(row["business_date"] == current)
            net[row["series", default: ""], default: 0] += whole(row, "quantity")
        }
        #expect(net.count > 100)
        #expect(net.values.allSatisfy { $0 == 0 })
    }

    @Test(arguments: [GeneratedFolder.demo, GeneratedFolder.many])
    func `every price is a multiple of its tick and of the right sign`(
        _ made: Result<GeneratedFolder, any Error>
    ) throws {
        let house = try made.get()
        let contracts = try house.rows("contract", by: "contract")
        let series = try house.rows("series", by: "series")
        let commodities = try house.rows("combined_commodity", by: "combined_commodity")
        var offTick: [String] = []
        var wrongSign: [String] = []
        for row in try house.rows("settlement_price") + house.rows("trade") where row["price_kind"] != "final" {
            let code = row["series", default: ""]
            let contract = contracts[series[code]?["contract"] ?? ""] ?? [:]
            let price = row["price"].flatMap { Decimal(string: $0) } ?? .nan
            let tick = contract["tick_size"].flatMap { Decimal(string: $0) } ?? .nan
            let ticks = (price / tick) as NSDecimalNumber
            if ticks.decimalValue != Decimal(ticks.intValue) { offTick.append(code) }
            let commodity = commodities[contract["combined_commodity", default: ""]] ?? [:]
            if price < 0, commodity["can_trade_at_or_below_zero"] != "true" { wrongSign.append(code) }
        }
        #expect(offTick.isEmpty, "\(offTick.prefix(5))")
        #expect(wrongSign.isEmpty, "\(wrongSign.prefix(5))")
    }

    @Test(arguments: [GeneratedFolder.demo, GeneratedFolder.many])
    func `every series has one settlement price on each date`(_ made: Result<GeneratedFolder, any Error>) throws {
        let house = try made.get()
        let count = try house.rows("series").count
        for date in [previous, current] {
            let priced = try house.rows("settlement_price")
                .filter { $0["business_date"] == date && $0["price_kind"] == "settlement" }
            #expect(priced.count == count)
            #expect(Set(priced.map { $0["series", default: ""] }).count == count)
        }
    }

    @Test func `a house of fifty combined commodities keeps the mix of models`() throws {
        let house = try GeneratedFolder.many.get()
        #expect(try house.rows("combined_commodity").count == 50)
        #expect(try house.rows("account").count == 1_000)
        let contracts = try house.rows("contract", by: "contract")
        let series = try house.rows("series")
        let european = series.count { row in
            guard let contract = contracts[row["contract", default: ""]] else { return false }
            return contract["exercise"] == "european" && contract["option_style"] == "premium"
                && contract["option_model"] != "bachelier"
        }
        let share = Double(european) / Double(series.count)
        #expect((0.5...0.7).contains(share), "\(share)")
        let perAccount = Dictionary(grouping: try house.rows("position").filter { $0["business_date"] == current }) {
            $0["account", default: ""]
        }
        #expect(perAccount.count > 900)
    }

    @Test func `columns are the tables' own, without the version columns`() throws {
        let root = URL(filePath: Checkout.root + "/sql/schema")
        var declared: [String: [String]] = [:]
        var optional: Set<String> = []
        for file in try FileManager.default.contentsOfDirectory(atPath: root.path()).sorted() {
            let text = try String(contentsOf: root.appending(path: file), encoding: .utf8)
            for part in text.components(separatedBy: "create table margin.").dropFirst() {
                let lines = part.components(separatedBy: "\n)")[0].components(separatedBy: "\n")
                let table = lines[0].components(separatedBy: " ")[0]
                for line in lines
                where !line.contains(" not null") || line.contains(" default ") || line.contains(" stored") {
                    optional.insert(
                        "\(table).\(line.trimmingCharacters(in: .whitespaces).components(separatedBy: " ")[0])")
                }
                let names = lines.dropFirst().filter { $0.hasPrefix("    ") && !$0.hasPrefix("     ") }
                    .map { $0.dropFirst(4).prefix { $0 == "_" || $0.isLetter || $0.isNumber } }.map(String.init)
                declared[table] = names.filter {
                    !["constraint", "primary", "foreign", "unique", "load_id"].contains($0)
                }
            }
        }
        let house = try GeneratedFolder.demo.get()
        for table in house.tables {
            let header = String(decoding: try house.bytes(table).prefix { $0 != 10 }, as: UTF8.self)
            let written = Set(header.split(separator: ",").map(String.init))
            let columns = try #require(declared[table])
            #expect(columns.filter(written.contains).joined(separator: ",") == header, "\(table)")
            for column in columns where !written.contains(column) {
                #expect(optional.contains("\(table).\(column)"), "\(table) needs \(column)")
            }
        }
    }
}
