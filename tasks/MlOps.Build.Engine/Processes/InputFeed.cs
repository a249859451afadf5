namespace MlOps.Build.Engine.Processes;

/// <summary>Writes what a process reads from its stdin, and closes it.</summary>
internal sealed class InputFeed(ProcessRequest request, CancellationTokenSource broken)
{
    /// <summary>Nothing to do where the request has no input.</summary>
    public async Task WriteAsync(Stream stream, CancellationToken ending)
    {
        if (request.Input is null)
        {
            return;
        }

        var isOver = false;
        try
        {
            await request.Input(stream, ending);
            stream.Close();
            isOver = true;
        }
        catch (IOException)
        {
            // The program ended before it had read everything, or what it was to read broke off: its exit code says so.
            Close(stream);
            isOver = true;
        }
        catch (OperationCanceledException) when (ending.IsCancellationRequested)
        {
            // It is being ended; the runner closes its input.
            isOver = true;
        }
        finally
        {
            if (!isOver)
            {
                await broken.CancelAsync();
            }
        }
    }

    private static void Close(Stream stream)
    {
        try
        {
            stream.Close();
        }
        catch (IOException)
        {
            // What was still to be flushed has no reader any more.
        }
    }
}
