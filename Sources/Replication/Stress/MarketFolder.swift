import ClearingModel
import Foundation
import InputRows
import MarketModel
import Parameters
import Quantities
import RiskArrays

/// What series are valued by, as CSV files in the columns of the input tables: `settlement_price`, and as far as
/// contracts ask for them `underlying_price`, `volatility`, `interest_rate`, `realised_average` and `calendar_date`.
struct MarketFolder {
    let path: String
    private let date: BusinessDate

    init(path: String, of run: PublishedRun) {
        self.path = path
        date = run.businessDate
    }

    /// - Throws: `ReplicationError` for a file that has to be there and is not, another header, a malformed value, or
    ///   a second row of one key.
    func snapshot(of series: [Series], _ parameters: ParameterSet) throws -> MarketSnapshot {
        var prices: [[String]: ExactDecimal] = [:]
        for row in try rows(
            "settlement_price", ["series", "price"], optional: ["currency", "price_kind", "last_quoted_on"])
        {
            let kind = row.textOrNull("price_kind") ?? "settlement"
            guard kind == "settlement" || kind == "final" else { throw row.unreadable("price_kind", kind) }
            try Self.keep(try row.decimal("price"), [try row.text("series"), kind], row, &prices)
        }
        return MarketSnapshot(
            businessDate: date, calendar: try calendar(parameters),
            prices: series.map {
                SeriesPrices(
                    settlement: prices[[$0.code.text, "settlement"]],
                    finalSettlement: prices[[$0.code.text, "final"]])
            },
            // It has an array though it has expired: it stays in the book until its final price comes.
            unsettled: Set(series.filter { $0.expiryDate.map { $0 < date } ?? false }.map(\.code)),
            underlyingPrices: try values("underlying_price", "underlying", "price") { UnderlyingCode($0) },
            volatilities: try values("volatility", "instrument", "volatility") { $0 },
            realisedAverages: try values("realised_average", "series", "average") { SeriesCode($0) },
            rates: try values("interest_rate", "rate_code", "rate") { RateCode($0) })
    }

    private func calendar(_ parameters: ParameterSet) throws -> BusinessCalendar {
        let file = "\(path)/calendar_date.csv"
        let isNeeded = parameters.combinedCommodities.contains { $0.dayCount == .business252 }
        guard isNeeded || FileManager.default.fileExists(atPath: file) else { return BusinessCalendar([]) }
        return BusinessCalendar(
            try CSVFile(
                path: file, required: ["calendar_date", "is_business_day"], optional: ["description"]
            ).rows.compactMap { try $0.flag("is_business_day") ? try $0.date("calendar_date") : nil })
    }

    /// A table of one key and one value, where there is a file of it.
    private func values<Key>(
        _ table: String, _ key: String, _ value: String, _ made: (String) -> Key
    ) throws -> [Key: ExactDecimal] {
        guard FileManager.default.fileExists(atPath: "\(path)/\(table).csv") else { return [:] }
        var values: [Key: ExactDecimal] = [:]
        for row in try rows(table, [key, value], optional: []) {
            try Self.keep(try row.decimal(value), made(try row.text(key)), row, &values)
        }
        return values
    }

    /// The rows of the date.
    private func rows(_ table: String, _ columns: [String], optional: [String]) throws -> [TableRow] {
        try CSVFile(
            path: "\(path)/\(table).csv", required: ["business_date"] + columns, optional: optional,
            whereElse: "a market is a folder of the night's input tables, of which this one is needed"
        ).rows
            .filter { try $0.date("business_date") == date }
    }

    private static func keep<Key: Hashable>(
        _ value: ExactDecimal, _ key: Key, _ row: TableRow, _ values: inout [Key: ExactDecimal]
    ) throws {
        guard values.updateValue(value, forKey: key) == nil else {
            throw ReplicationError.rejected(
                "\(row.location): a second row of \(key)", hint: "take one of the two away")
        }
    }
}
