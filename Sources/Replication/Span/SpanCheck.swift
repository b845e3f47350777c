import ClearingModel
import Digests
import InputRows
import Quantities

/// What a SPAN file is, and what is missing in it, as what is printed.
package struct SpanCheck: Encodable, Sendable {
    package let file: String
    /// SHA-256 of its bytes.
    package let sha256: String
    package let businessDate: String
    /// `settlement` or `intraday`.
    package let pointInTime: String
    package let parameterSet: String
    /// Where the file does not say how far on its arrays are valued.
    package let lacksLookAhead: Bool
    package let combinedCommodities: Int
    package let contracts: Int
    package let series: Int
    package let interSpreads: Int
    /// Each with its element and line.
    package let gaps: [String]

    /// Reads a file as `margin replicate` would, so that what contradicts itself is refused here too.
    ///
    /// - Throws: `ReplicationError` for a file that is not there, or that says what it may not.
    package init(path: String) throws {
        let read = try SpanImport(path: path)
        let parameters = read.parameters
        _ = try Replica(parameters, read.arrayFile)
        file = path
        sha256 = try SHA256Digest(of: contents(of: path)).description
        businessDate = read.run.businessDate.description
        pointInTime = read.run.cycle == "EOD" ? "settlement" : "intraday"
        parameterSet = read.parameterSet.text
        lacksLookAhead = read.lacksLookAhead
        combinedCommodities = parameters.rows(.combinedCommodity).count
        contracts = parameters.rows(.contract).count
        series = parameters.rows(.series).count
        interSpreads = parameters.rows(.interSpread).count
        gaps = try Self.gaps(read)
    }

    /// Combined commodities without a series, families that are linked and not there, series without a price.
    private static func gaps(_ read: SpanImport) throws -> [String] {
        var gaps: [String] = []
        var families: Set<SpanFamilyKey> = []
        for exchange in read.organisation.all("exchange") {
            for family in exchange.children where family.name.hasSuffix("Pf") {
                families.insert(
                    SpanFamilyKey(
                        exchange: try exchange.code("exch"), type: family.name.dropLast(2).uppercased(),
                        code: try family.code("pfCode")))
            }
        }
        for definition in read.organisation.all("ccDef") {
            let code = try definition.code("cc")
            if read.listedMonths[code] == nil {
                gaps.append("line \(definition.line): combined commodity \(code) has no series")
            }
            for link in definition.all("pfLink") {
                let key = SpanFamilyKey(
                    exchange: try link.code("exch"), type: try link.text("pfType"), code: try link.code("pfCode"))
                if !families.contains(key) {
                    gaps.append(
                        "line \(link.line): \(code) links to the \(key.type) family \(key.code), which is not there")
                }
            }
        }
        let priced = Set(read.parameters.rows(.settlementPrice).compactMap { $0.cells["series"] })
        for row in read.parameters.rows(.series) {
            if let series = row.cells["series"], !priced.contains(series) {
                let line = row.location.split(separator: " ").last ?? ""
                gaps.append("line \(line): series \(series) has no p")
            }
        }
        return gaps
    }

    /// The check as lines for a person.
    package var lines: [String] {
        [
            "\(file): \(businessDate) \(pointInTime), parameter set \(parameterSet)",
            "  SHA-256 \(sha256)",
            "  \(combinedCommodities) combined commodities, \(contracts) contracts, \(series) series, "
                + "\(interSpreads) inter-commodity spreads",
            lacksLookAhead ? "  no look-ahead: give it to margin span import" : "  with its look-ahead",
            gaps.isEmpty ? "  no gaps" : "  gaps: \(gaps.count)",
        ] + gaps.map { "    " + $0 }
    }
}
