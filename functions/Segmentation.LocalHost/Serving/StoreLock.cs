using System.Globalization;
using System.Text;
using Segmentation.Core.Storage;

namespace Segmentation.LocalHost.Serving;

/// <summary>Holds a store for one process: two hosts on one folder would both run it. The system lets go of it when the process ends, however it ends.</summary>
internal sealed class StoreLock : IDisposable
{
    private const string Name = "host.lock";
    private readonly FileStream _file;

    private StoreLock(FileStream file) => _file = file;

    /// <summary>Takes a store, and makes its folder where there is none.</summary>
    /// <exception cref="CommandFault">Another process holds it, or the folder cannot be written.</exception>
    public static StoreLock Take(string data)
    {
        string path = Path.Combine(data, Name);
        try
        {
            Directory.CreateDirectory(data);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            throw NotWritable(data, fault);
        }

        FileStream file;
        try
        {
            file = new FileStream(path, new FileStreamOptions
            {
                Mode = FileMode.OpenOrCreate,
                Access = FileAccess.ReadWrite,
                Share = FileShare.None,
                BufferSize = 0,
            });
        }
        catch (UnauthorizedAccessException fault)
        {
            throw NotWritable(data, fault);
        }
        catch (IOException fault)
        {
            throw File.Exists(path) && !StorageFaults.IsDiskFull(fault)
                ? new CommandFault(
                    ExitCodes.Usage,
                    $"--data: another process works on the store '{data}'; stop it first, or choose another folder ('{path}' is locked).")
                : NotWritable(data, fault);
        }

        // For a person who looks: the lock is the open file, not what it says.
        try
        {
            file.SetLength(0);
            file.Write(Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{Environment.ProcessId}\n")));
        }
        catch (IOException)
        {
            // The disk is full; the lock holds all the same.
        }

        return new StoreLock(file);
    }

    /// <inheritdoc />
    public void Dispose() => _file.Dispose();

    private static CommandFault NotWritable(string data, Exception fault) => new(
        ExitCodes.Usage, $"--data: the store '{data}' cannot be written ({fault.Message}); choose a folder that you may write to.");
}
