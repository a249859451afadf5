@echo off
set target=%1
dotnet run --project "%~dp0build\Build.csproj" --verbosity quiet -- --target=%target% %2 %3 %4
