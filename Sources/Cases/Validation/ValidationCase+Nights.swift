import ClearingModel
import Quantities
import Runtime
import TextFiles
import Validation

extension ValidationCase {
    /// A business day of the case: what closing out would have cost, and whether more than was held.
    struct Night {
        let date: BusinessDate
        var exposure: ExactDecimal?
        var margin: ExactDecimal?
        var refusal: ValidationRefusal?

        /// Nil where the night is not tested.
        var exception: Bool? {
            guard let exposure, let margin else { return nil }
            return exposure > margin
        }

        var document: JSONValue {
            var members: [String: JSONValue] = ["date": .text("\(date)")]
            members["exposure"] = exposure.map { .text("\($0)") }
            members["margin"] = margin.map { .text("\($0)") }
            members["exception"] = exception.map { .flag($0) }
            members["refused"] = refusal.map(ValidationFigures.refusal)
            return .object(members)
        }

        var refusalDocument: JSONValue? {
            refusal.map { refusal in
                .object(
                    ValidationFigures.refusal(refusal).members.merging(["date": .text("\(date)")]) { first, _ in first }
                )
            }
        }
    }

    /// Every business day of the calendar that the case spans: its nights, and the days it has prices for.
    func nights() throws -> [Night] {
        let rows = try Self.byDate(stated.list("nights"))
        guard let prices = stated["prices"] else {
            return try rows.map { row in
                if row.value["positions"] != nil {
                    throw Failure(.inputRejected, "the night \(row.date) has positions, and the case no prices")
                }
                return Night(date: row.date, exposure: try amount(row.value, "exposure"), margin: try margin(row.value))
            }
        }
        let market = try CasePrices(input: input, prices: prices)
        let calendar = Set(rows.map(\.date)).union(market.dates).sorted()
        let byDate = Dictionary(rows.map { ($0.date, $0.value) }, uniquingKeysWith: { first, _ in first })
        return try calendar.enumerated().map { index, date in
            guard let row = byDate[date] else { return Night(date: date) }
            var night = Night(
                date: date, exposure: try amount(row, "exposure"), margin: try margin(row))
            guard let positions = row["positions"], night.margin != nil else { return night }
            let end = index + terms.horizonDays
            guard end < calendar.count else { return night }
            let (held, isGross) = try Self.positions(positions)
            do {
                night.exposure = try market.closeOut(held, isGross: isGross, from: date, to: calendar[end])
            } catch let refusal as ValidationRefusal {
                night.refusal = refusal
            }
            return night
        }
    }

    private func margin(_ row: JSONValue) throws -> ExactDecimal? { try amount(row, "margin") }

    private func amount(_ row: JSONValue, _ key: String) throws -> ExactDecimal? {
        row[key] == nil ? nil : try row.decimal(key)
    }

    /// Quantities by contract, or rows of a contract with its quantity, or its long and short one.
    static func positions(_ value: JSONValue) throws -> (positions: [FrozenPosition], isGross: Bool) {
        func whole(_ value: JSONValue?, _ name: String) throws -> Int64 {
            guard let value else { return 0 }
            guard let text = value.text, let quantity = Int64(text) else {
                throw Failure(.inputRejected, "the position \(name) is no whole number")
            }
            return quantity
        }
        func frozen(_ contract: String, _ quantity: Int64, _ long: Int64, _ short: Int64) throws -> FrozenPosition {
            guard long >= 0, short >= 0 else {
                throw Failure(.inputRejected, "the position \(contract) has a side below 0")
            }
            return FrozenPosition(
                series: SeriesCode(contract), long: long + max(0, quantity), short: short + max(0, -quantity))
        }
        if case .object(let members) = value {
            return (
                try members.sorted { $0.key < $1.key }.map { try frozen($0.key, whole($0.value, $0.key), 0, 0) }, false
            )
        }
        var isGross = false
        let rows = try value.list.map { row in
            if let unknown = row.members.keys.sorted().first(where: { !positionKeys.contains($0) }) {
                throw Failure(.inputRejected, "unknown key \(unknown) in input.validation.nights.positions")
            }
            let contract = try row.required("contract")
            if row["long"] != nil || row["short"] != nil { isGross = true }
            return try frozen(
                contract, whole(row["quantity"], contract), whole(row["long"], contract), whole(row["short"], contract))
        }
        return (rows, isGross)
    }

    private static let positionKeys = ["contract", "quantity", "long", "short"]
}
