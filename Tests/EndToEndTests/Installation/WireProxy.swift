import Foundation
import Glibc
import PrivateCluster
import Synchronization

/// A TCP server that passes everything on to the unix socket of a real PostgreSQL server, until its fault strikes: the
/// wire as it fails in the field, with both ends as they are.
final class WireProxy: Sendable {
    /// What happens to the first connection that says the trigger; later connections pass.
    enum Fault: Sendable {
        /// Both ends see a reset; the trigger does not reach the server.
        case resetBefore
        /// The trigger reaches the server; its answer never reaches the client, which sees a reset.
        case resetAfter
        /// From the trigger on nothing is passed in either direction, and nobody is told.
        case swallow
        /// The trigger reaches the server; from then on nothing is passed and nobody is told.
        case swallowAfter
        /// Nothing: the connection passes, but the server calls itself PostgreSQL 14.
        case olderServer
    }

    let port: Int
    private let listener: Int32
    private let server: ConnectionSettings
    private let fault: Fault
    private let trigger: [UInt8]
    private let condition: [UInt8]
    private let state = Mutex((isArmed: false, hasStruck: false))

    /// - Parameters:
    ///   - trigger: what the client sends when the fault strikes, such as the text of a statement.
    ///   - condition: what it must have sent in an earlier message.
    init(to server: ConnectionSettings, _ fault: Fault, on trigger: String = "", after condition: String = "") throws {
        self.server = server
        self.fault = fault
        self.trigger = Array(trigger.utf8)
        self.condition = Array(condition.utf8)
        listener = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
        var size = socklen_t(MemoryLayout<sockaddr_in>.size)
        let listener = self.listener
        port =
            unsafe withUnsafeMutablePointer(to: &address) { pointer in
                unsafe pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { generic in
                    let isBound = unsafe bind(listener, generic, size) == 0 && listen(listener, 16) == 0
                    return isBound ? unsafe Int(getsockname(listener, generic, &size)) : -1
                }
            } == 0 ? Int(UInt16(bigEndian: address.sin_port)) : 0
        guard port > 0 else { throw ProxyError(code: errno) }
        Thread.detachNewThread { self.accept() }
    }

    struct ProxyError: Error { let code: Int32 }

    /// The variables with which a program takes this way.
    var environment: [String: String] { ["PGHOST": "127.0.0.1", "PGPORT": "\(port)", "PGSSLMODE": "disable"] }

    /// Whether the fault has struck.
    var struck: Bool { state.withLock { $0.hasStruck } }

    /// Takes no more connections.
    func close() { shutdown(listener, Int32(SHUT_RDWR)) }

    private func accept() {
        while true {
            let client = Glibc.accept(listener, nil, nil)
            guard client >= 0 else { return }
            guard let backend = connectToServer() else {
                Glibc.close(client)
                continue
            }
            let wire = Wire(client: client, server: backend)
            Thread.detachNewThread { self.pass(wire, toServer: true) }
            Thread.detachNewThread { self.pass(wire, toServer: false) }
        }
    }

    private func connectToServer() -> Int32? {
        let descriptor = socket(AF_UNIX, Int32(SOCK_STREAM.rawValue), 0)
        var address = sockaddr_un()
        address.sun_family = sa_family_t(AF_UNIX)
        let path = Array("\(server.host)/.s.PGSQL.\(server.port)".utf8)
        unsafe withUnsafeMutableBytes(of: &address.sun_path) { bytes in
            unsafe bytes.copyBytes(from: path)
        }
        let connected = unsafe withUnsafePointer(to: &address) { pointer in
            unsafe pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { generic in
                unsafe connect(descriptor, generic, socklen_t(MemoryLayout<sockaddr_un>.size))
            }
        }
        return connected == 0 ? descriptor : nil
    }

    /// One connection: its two ends, and whether it is swallowed.
    private final class Wire: Sendable {
        let client: Int32
        let server: Int32
        let isSwallowed = Mutex(false)

        init(client: Int32, server: Int32) {
            self.client = client
            self.server = server
        }

        /// Ends both sides at once; the client is sent a reset.
        func reset() {
            var now = linger(l_onoff: 1, l_linger: 0)
            _ = unsafe setsockopt(client, SOL_SOCKET, SO_LINGER, &now, socklen_t(MemoryLayout<linger>.size))
            Glibc.close(client)
            shutdown(server, Int32(SHUT_RDWR))
        }
    }

    private func pass(_ wire: Wire, toServer: Bool) {
        let (from, to) = toServer ? (wire.client, wire.server) : (wire.server, wire.client)
        var buffer = [UInt8](repeating: 0, count: 65_536)
        while true {
            let count = unsafe read(from, &buffer, buffer.count)
            guard count > 0 else { break }
            var bytes = Array(buffer[..<count])
            if case .olderServer = fault { grow(older: &bytes) }
            if toServer, strikes(bytes) {
                switch fault {
                case .resetBefore:
                    return wire.reset()
                case .resetAfter:
                    wire.isSwallowed.withLock { $0 = true }
                    send(bytes, to)
                    // The server commits; only then the wire breaks.
                    usleep(500_000)
                    return wire.reset()
                case .swallow: wire.isSwallowed.withLock { $0 = true }
                case .swallowAfter:
                    wire.isSwallowed.withLock { $0 = true }
                    send(bytes, to)
                case .olderServer: break
                }
            }
            if !wire.isSwallowed.withLock({ $0 }) { send(bytes, to) }
        }
        if !wire.isSwallowed.withLock({ $0 }) { shutdown(to, Int32(SHUT_WR)) }
    }

    /// Whether the fault strikes now: once, at the first message with the trigger.
    private func strikes(_ bytes: [UInt8]) -> Bool {
        guard !trigger.isEmpty else { return false }
        return state.withLock { state in
            guard state.isArmed || condition.isEmpty else {
                state.isArmed = bytes.firstRange(of: condition) != nil
                return false
            }
            guard !state.hasStruck, bytes.firstRange(of: trigger) != nil else { return false }
            state.hasStruck = true
            return true
        }
    }

    /// Makes the server's major version 14 where it says it.
    private func grow(older bytes: inout [UInt8]) {
        guard let found = bytes.firstRange(of: Array("server_version\0".utf8)) else { return }
        bytes.replaceSubrange(found.upperBound..<found.upperBound + 2, with: "14".utf8)
    }

    private func send(_ bytes: [UInt8], _ descriptor: Int32) {
        var sent = 0
        while sent < bytes.count {
            let count = unsafe bytes[sent...].withUnsafeBytes { rest in
                unsafe Glibc.send(descriptor, rest.baseAddress, rest.count, Int32(MSG_NOSIGNAL))
            }
            guard count > 0 else { return }
            sent += count
        }
    }
}
