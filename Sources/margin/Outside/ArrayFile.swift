import Replication
import Runtime

/// The arrays that are named, or those beside the parameters.
func arrayFile(beside parameters: String, named path: String?) throws -> PublishedArrayFile {
    guard let path = path ?? PublishedFolder.report("risk-arrays", beside: parameters) else {
        throw Failure(.usage, "no arrays are named for \(parameters)", hint: "--arrays risk-arrays.….json")
    }
    return try PublishedArrayFile(path: path)
}
