import ClearingModel

extension PublishedArraysError: CustomStringConvertible {
    /// The series whose array does not fit.
    package var series: SeriesCode {
        switch self {
        case .unknownSeries(let series), .duplicateSeries(let series), .figureTooLarge(let series),
            .arrayDecimalsDiffer(let series, _, _), .deltaTooFine(let series, _, _),
            .scenarioCountDiffers(let series, _, _):
            series
        }
    }

    package var description: String {
        switch self {
        case .unknownSeries(let series): "series \(series) has an array and is not among the parameters' series"
        case .duplicateSeries(let series): "series \(series) has two arrays"
        case .arrayDecimalsDiffer(let series, let published, let expected):
            "the array of series \(series) has \(published) decimals, its combined commodity \(expected)"
        case .deltaTooFine(let series, let published, let most):
            "the delta of series \(series) has \(published) decimals, its combined commodity's at most \(most)"
        case .scenarioCountDiffers(let series, let published, let expected):
            "the array of series \(series) has \(published) values, its scenario set \(expected) scenarios"
        case .figureTooLarge(let series): "the array or the delta of series \(series) leaves 64 bits"
        }
    }
}
