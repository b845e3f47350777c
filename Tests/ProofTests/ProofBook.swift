import ClearingModel
import Margining
import PlainMargin
import Quantities
import Scenarios

/// A plain house given to the product: the same rows and arrays as a margin book and published arrays.
struct ProofBook {
    let house: PlainHouse
    let kernel: MarginKernel

    init(_ house: PlainHouse) throws {
        self.house = house
        let book = try MarginBook(try MarginBookRows(house))
        let decimals = Dictionary(uniqueKeysWithValues: house.commodities.map { ($0.code, $0.arrayDecimals) })
        let published = house.series.map { series in
            let decimals = decimals[series.commodity] ?? 0
            return PublishedRiskArray(
                series: SeriesCode(series.code), arrayDecimals: decimals,
                values: series.array.map { exact($0).minorUnits(decimals: decimals) },
                compositeDelta: CompositeDelta(
                    Delta(units: exact(series.compositeDelta).minorUnits(decimals: Delta.decimals))),
                priceScanRange: exact(series.priceScanRange))
        }
        kernel = MarginKernel(book: book, arrays: try PublishedArrays(published, in: book))
    }

    func terms(_ account: PlainAccount) throws -> AccountTerms {
        let code = try currencyCode(account.callCurrency)
        guard let call = kernel.book.currencies.first(where: { $0.code == code }) else {
            throw ProofError(what: "no call currency \(code)")
        }
        let type: MarginingType =
            switch account.type {
            case .net: .net
            case .grossOmnibus: .grossOmnibus
            case .segregated: .segregated
            }
        return AccountTerms(
            account: AccountCode("A"), marginingType: type,
            owners: account.owners.indices.map { OwnerCode("O\($0)") }, initialRatio: exact(account.initialRatio),
            netOptionValueIsCapped: account.netOptionValueIsCapped, offsetCap: account.offsetCap.map(exact),
            callCurrency: call)
    }

    func positions(_ account: PlainAccount) throws -> [Position] {
        try account.owners.enumerated().flatMap { owner, positions in
            try positions.map { position in
                guard let index = kernel.book.seriesIndex(of: SeriesCode(position.series)) else {
                    throw ProofError(what: "no series \(position.series)")
                }
                return Position(
                    owner: Int32(owner), series: Int32(index), long: Int64(position.long),
                    short: Int64(position.short))
            }
        }
    }

    /// The product's requirement.
    func requirement(of account: PlainAccount, scratch: inout KernelScratch) throws -> AccountRequirement {
        try kernel.requirement(of: try terms(account), positions: try positions(account)[...], scratch: &scratch)
    }
}

/// What a proof was given wrongly.
struct ProofError: Error { let what: String }

func currencyCode(_ text: String) throws -> CurrencyCode {
    guard let code = CurrencyCode(text) else { throw ProofError(what: "no currency \(text)") }
    return code
}

/// A decimal as the product writes it; the fraction must be one.
func exact(_ value: Rational) -> ExactDecimal {
    for scale in 0...18 where Rational.tenTo(scale) % value.denominator == 0 {
        return ExactDecimal(
            mantissa: value.numerator * (Rational.tenTo(scale) / value.denominator), scale: scale)
    }
    preconditionFailure("not a decimal: \(value)")
}

func contractMonth(_ month: Int) -> ContractMonth { ContractMonth(year: month / 100, month: month % 100) }
