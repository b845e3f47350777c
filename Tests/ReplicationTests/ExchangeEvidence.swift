import Foundation
import TestSupport

/// The exchange's file of 2016-05-17 and the portfolios that were computed from it, outside the repository.
struct ExchangeEvidence {
    static let date = "2016-05-17"
    static var isPresent: Bool {
        Evidence.isPresent && FileManager.default.fileExists(atPath: path("takas.spn.gz"))
    }

    struct Portfolio {
        let id: String
        let positions: [(contract: String, quantity: Int)]
        let requirement: String
        /// By combined commodity and by the column of the report `components`.
        let components: [String: [String: String]]
    }

    let folder: String
    var file: String { folder + "/takas.spn" }
    let portfolios: [Portfolio]

    private static func path(_ name: String) -> String { Evidence.path("span-takasbank-2016-05-17/" + name) }

    /// Unpacks the file into a folder and reads the portfolios.
    init(in folder: String) throws {
        self.folder = folder
        let unpacked = Process()
        unpacked.executableURL = URL(fileURLWithPath: "/usr/bin/env")
        unpacked.arguments = [
            "sh", "-c", "gzip -dc \"$1\" > \"$2\"", "sh", Self.path("takas.spn.gz"), folder + "/takas.spn",
        ]
        try unpacked.run()
        unpacked.waitUntilExit()
        guard unpacked.terminationStatus == 0 else { throw CocoaError(.fileReadCorruptFile) }
        let document = try jsonObject(Data(contentsOf: URL(fileURLWithPath: Self.path("portfolios-given.json"))))
        portfolios = try (document["portfolios"] as? [[String: Any]] ?? []).map(Self.portfolio)
    }

    private static func portfolio(_ object: [String: Any]) throws -> Portfolio {
        guard let id = object["id"] as? String, let positions = object["positions"] as? [[String: Any]],
            let expected = object["expected"] as? [String: Any], let requirement = expected["requirement"] as? String,
            let parts = expected["combined_commodities"] as? [[String: Any]]
        else { throw CocoaError(.fileReadCorruptFile) }
        var components: [String: [String: String]] = [:]
        for part in parts {
            guard let code = part["id"] as? String else { throw CocoaError(.fileReadCorruptFile) }
            components[code] = try Dictionary(
                uniqueKeysWithValues: columns.map { stated, column in
                    guard let value = part[stated] as? String else { throw CocoaError(.fileReadCorruptFile) }
                    return (column, value)
                })
        }
        return Portfolio(
            id: id,
            positions: try positions.map { line in
                guard let contract = line["contract"] as? String, let quantity = line["quantity"] as? Int else {
                    throw CocoaError(.fileReadCorruptFile)
                }
                return (contract, quantity)
            }, requirement: requirement, components: components)
    }

    /// The stated figures and the columns of ours.
    private static let columns = [
        ("scan", "scan"), ("intra_charge", "intra_charge"), ("inter_credit", "applied_credit"),
        ("short_option_minimum", "short_option_minimum"), ("net_option_value", "net_option_value"), ("risk", "risk"),
    ]

    /// Writes the portfolios as positions and accounts, an account a portfolio; series are found in an imported folder
    /// by contract, month, right and strike.
    func writePortfolios(imported: String, dated: Bool = false) throws {
        var series: [String: String] = [:]
        for row in try CSVRows.rows(ofFile: imported + "/series.csv") {
            let family = (row["contract"] ?? "").split(separator: "-")[0]
            let month = (row["contract_month"] ?? "").filter { $0 != "-" }
            let strike = Double(row["strike"] ?? "").map { " \(row["option_right"] == "call" ? "C" : "P") \($0)" }
            series["\(family) \(month)\(strike ?? "")"] = row["series"]
        }
        var positions = (dated ? "business_date," : "") + "account,series,long_quantity,short_quantity\n"
        var accounts = "account,member,origin,margining_type,account_class,call_currency\n"
        for portfolio in portfolios {
            accounts += "\(portfolio.id),M,house,net,H,TRY\n"
            var held: [String: Int] = [:]
            for line in portfolio.positions {
                let parts = line.contract.split(separator: " ")
                let key =
                    parts[1...2].joined(separator: " ")
                    + (parts.count == 5 ? " \(parts[3]) \(Double(parts[4]) ?? -1)" : "")
                guard let code = series[key] else { throw CocoaError(.fileReadUnknown) }
                held[code, default: 0] += line.quantity
            }
            for (code, quantity) in held.sorted(by: { $0.key < $1.key }) {
                positions +=
                    (dated ? "\(Self.date)," : "")
                    + "\(portfolio.id),\(code),\(max(quantity, 0)),\(max(-quantity, 0))\n"
            }
        }
        let target = dated ? imported : folder
        try positions.write(toFile: target + "/position.csv", atomically: true, encoding: .utf8)
        try accounts.write(toFile: target + "/account.csv", atomically: true, encoding: .utf8)
    }

    /// Imports the file as a member of the public would.
    func importFile(to name: String) throws -> String {
        let ended = try runProgram(["span", "import", file, "\(folder)/\(name)", "--look-ahead-years", "0.004"])
        guard ended.code == 0 else { throw Night.Failed(what: ended.errors) }
        return "\(folder)/\(name)"
    }

    /// Arrays and deltas by series, as the file prints them, and which are futures'.
    func publishedArrays() throws -> [String: (values: [String], delta: String, isFuture: Bool)] {
        let text = try String(contentsOfFile: file, encoding: .utf8)
        var arrays: [String: (values: [String], delta: String, isFuture: Bool)] = [:]
        let pattern = /<(fut|opt)>\s*<cId>(\d+)<\/cId>(?s:.*?)<ra><r>1<\/r>(.*?)<d>(.*?)<\/d><\/ra>/
        for match in text.matches(of: pattern) {
            let values = match.output.3.matches(of: /<a>(.*?)<\/a>/).map { String($0.output.1) }
            arrays[String(match.output.2)] = (values, String(match.output.4), match.output.1 == "fut")
        }
        return arrays
    }
}
