import CLibPQ
import Glibc

extension Connection {
    /// Throws if libpq cannot parse the connection string, without repeating any of it.
    static func checkSyntax(of conninfo: String) throws(PostgresError) {
        var message: UnsafeMutablePointer<CChar>? = nil
        let options = unsafe PQconninfoParse(conninfo, &message)
        defer {
            unsafe PQconninfoFree(options)
            unsafe PQfreemem(message)
        }
        guard unsafe options == nil else { return }
        throw PostgresError(
            sqlState: .cannotConnect,
            message: "the connection string cannot be parsed (not shown: it may hold a password)")
    }

    /// The handle of a connection that stands. Later settings override earlier ones.
    @unsafe
    static func connect(_ settings: [(String, String)]) throws(PostgresError) -> OpaquePointer {
        let keywords = unsafe settings.map { unsafe strdup($0.0) }
        let values = unsafe settings.map { unsafe strdup($0.1) }
        defer {
            unsafe (keywords + values).forEach { unsafe free($0) }
        }
        let keywordPointers = unsafe keywords.map { unsafe UnsafePointer($0) } + [nil]
        let valuePointers = unsafe values.map { unsafe UnsafePointer($0) } + [nil]
        guard let handle = unsafe PQconnectdbParams(keywordPointers, valuePointers, 1) else {
            throw PostgresError(sqlState: .outOfMemory, message: "libpq is out of memory")
        }
        if unsafe PQstatus(handle) == CONNECTION_OK { return unsafe handle }
        var message = unsafe trimmed(String(cString: PQerrorMessage(handle)))
        var state = SQLState.cannotConnect
        // libpq keeps the code of a refused connection to itself, except in verbose messages: ask once more for it.
        if message.contains("FATAL") {
            _ = unsafe PQsetErrorVerbosity(handle, PQERRORS_VERBOSE)
            unsafe PQreset(handle)
            if unsafe PQstatus(handle) == CONNECTION_OK {
                _ = unsafe PQsetErrorVerbosity(handle, PQERRORS_DEFAULT)
                return unsafe handle
            }
            let verbose = unsafe String(cString: PQerrorMessage(handle))
            if let code = codeInVerboseMessage(verbose) { state = code }
        }
        unsafe PQfinish(handle)
        message = message.split(separator: "\n").joined(separator: "; ")
        throw PostgresError(sqlState: state, message: message)
    }

    /// The last "FATAL:  53300: " in a verbose message.
    private static func codeInVerboseMessage(_ message: String) -> SQLState? {
        for word in message.split(whereSeparator: \.isWhitespace).reversed() where word.utf8.count == 6 {
            let code = word.dropLast()
            if word.hasSuffix(":"), code.utf8.allSatisfy(isCodeByte), code.utf8.contains(where: isDigit) {
                return SQLState(String(code))
            }
        }
        return nil
    }
}

private func isDigit(_ byte: UInt8) -> Bool { byte >= UInt8(ascii: "0") && byte <= UInt8(ascii: "9") }

private func isCodeByte(_ byte: UInt8) -> Bool {
    isDigit(byte) || (byte >= UInt8(ascii: "A") && byte <= UInt8(ascii: "Z"))
}

/// The text without line ends and spaces at its end.
func trimmed(_ text: String) -> String {
    var text = Substring(text)
    while let last = text.last, last.isWhitespace { text.removeLast() }
    return String(text)
}
