import ClearingModel
import InputRows
import Quantities

extension SpanImport {
    /// The array of a series, with as many decimals as its values are written with, and what its scan rate says.
    mutating func addArray(
        of series: SpanElement, _ code: String, in commodity: String, scanned: SpanElement, _ month: ContractMonth,
        _ factor: ExactDecimal
    ) throws {
        let array = try series.one("ra")
        let values = array.all("a")
        let range = try readRange(scanned, in: commodity, month, factor)
        let exact = try values.map { value in
            guard let exact = ExactDecimal(value.text), ArrayUnit.decimalsRead.contains(exact.scale) else {
                throw value.refusal("unreadable a “\(value.text)”")
            }
            return exact
        }
        let set = "R\(try array.number("r"))"
        if let other = scenarioSets.updateValue(set, forKey: commodity), other != set {
            throw try array.one("r").refusal("r differs from that of combined commodity \(commodity)'s other arrays")
        }
        guard let scenarios = scenarioCounts[set] else {
            throw try array.one("r").refusal("no pointDef has this r")
        }
        guard values.count == scenarios else {
            throw array.refusal(
                "the array of series \(code) has \(values.count) values, scenario set \(set) \(scenarios) scenarios")
        }
        let decimals = exact.map(\.scale).max() ?? 0
        let units = try exact.map { value in
            guard let units = value.units(decimals: decimals) else {
                throw array.refusal("an array value of \(code) leaves 64 bits")
            }
            return units
        }
        guard let amount = ExactDecimal(try array.decimal("d")), let delta = CompositeDelta(exactly: amount) else {
            throw try array.one("d").refusal("unreadable d “\(try array.text("d"))”")
        }
        arrays.append(
            PublishedRiskArray(
                series: SeriesCode(code), arrayDecimals: decimals, values: units, compositeDelta: delta,
                priceScanRange: range))
        arrayCommodities.append(commodity)
    }

    /// The price move of a contract, for which the file has money; of options their volatility move too.
    private mutating func readRange(
        _ scanned: SpanElement, in commodity: String, _ month: ContractMonth, _ factor: ExactDecimal
    ) throws -> ExactDecimal {
        let rate = try scanned.one("scanRate")
        let text = try rate.text("priceScan")
        guard let amount = ExactDecimal(unrounded: text), let range = SpanRanges.perUnit(amount, factor) else {
            throw try rate.one("priceScan").refusal("unreadable priceScan “\(text)”")
        }
        try ranges[commodity, default: SpanRanges()].addPrice(range, month, rate)
        guard scanned.name == "series" else { return range }
        for (name, isAbsolute) in [("volScan", true), ("volScanPct", false)] {
            if let value = try rate.decimalOrNone(name) {
                try ranges[commodity, default: SpanRanges()].addVolatility(value, isAbsolute: isAbsolute, rate)
            }
        }
        return range
    }

    /// Gives every array of a combined commodity as many decimals as the finest of them has; returns them, and those of
    /// the finest delta, by combined commodity.
    mutating func evenOutArrays() throws -> [String: (array: Int, delta: Int)] {
        var decimals: [String: (array: Int, delta: Int)] = [:]
        for (array, commodity) in zip(arrays, arrayCommodities) {
            let finest = decimals[commodity] ?? (0, 0)
            decimals[commodity] = (
                max(finest.array, array.arrayDecimals), max(finest.delta, array.compositeDelta.amount.scale)
            )
        }
        arrays = try zip(arrays, arrayCommodities).map { array, commodity in
            let target = decimals[commodity]?.array ?? array.arrayDecimals
            guard target > array.arrayDecimals else { return array }
            let values = try array.values.map { value in
                let exact = ExactDecimal(mantissa: Int128(value), scale: array.arrayDecimals)
                guard let units = exact.units(decimals: target) else {
                    throw ReplicationError.rejected("\(path): an array value of \(array.series) leaves 64 bits")
                }
                return units
            }
            return PublishedRiskArray(
                series: array.series, arrayDecimals: target, values: values, compositeDelta: array.compositeDelta,
                priceScanRange: array.priceScanRange)
        }
        return decimals
    }
}
