import Foundation
import TextFiles

/// Writes a house of the given size into a folder: one CSV file a table, named after it, header first.
///
/// The folder is made if it is not there; files of the same names are overwritten. `historyFile` is the crude-oil
/// extract in the columns of `risk_factor_level`. With `isSimulated` every combined commodity is in a simulated risk
/// group; with `isStressed`, and in the demo house, it has stress scenarios and a
/// guaranty fund. Equal seed, size and extract give byte-identical files: no clock, no system randomness, no hash
/// order. Memory
/// holds the series (about 200 bytes each) and one block of accounts.
package func generateClearingHouse(
    size: ClearingHouseSize, seed: UInt64, isSimulated: Bool = false, isStressed: Bool = false,
    historyFile: String, into folder: String
) throws(GenerationError) {
    do {
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    } catch {
        throw .cannotWrite(path: folder, reason: systemText(error) ?? error.localizedDescription)
    }
    let house = try GeneratedClearingHouse(
        size: size, seed: seed, isSimulated: isSimulated, isStressed: isStressed || size == .demo,
        historyFile: historyFile)
    try house.writeReferenceData(folder)
    try house.writeMarketData(folder)
    try house.writeBook(folder)
    try house.writeParameters(folder)
}
